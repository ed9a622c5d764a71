using Haneul.DynamoDb.Values;

namespace Haneul.DynamoDb.Items;

/// <summary>Items and entries of indexes as stored values: a version, the size as AWS counts it, the attributes.</summary>
internal static class StoredItem
{
    private const byte Version = 1;

    /// <returns>The attributes.</returns>
    public static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> stored, out int size)
    {
        if (stored[0] != Version)
        {
            throw new FormatException("A stored item has an unknown version.");
        }

        var rest = stored[1..];
        size = Encoded.ReadLength(ref rest);
        return rest;
    }

    /// <summary>What there is of an item that is not there.</summary>
    public static ReadOnlySpan<byte> Nothing(out int size)
    {
        size = 0;
        return default;
    }

    /// <summary>Begins a stored value; the attributes follow.</summary>
    public static void Write(ValueWriter writer, int size)
    {
        writer.Byte(Version);
        writer.Number(size);
    }

    public static void Write(ValueWriter writer, ReadOnlySpan<byte> attributes, int size)
    {
        Write(writer, size);
        writer.Raw(attributes);
    }
}
