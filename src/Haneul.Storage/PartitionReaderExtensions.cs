namespace Haneul.Storage;

/// <summary>Everyday forms of the two reads.</summary>
public static class PartitionReaderExtensions
{
    /// <summary>A copy of the value, or null without one. For cold paths.</summary>
    public static byte[]? GetBytes(this IPartitionReader reader, ReadOnlySpan<byte> key)
    {
        using var value = reader.Get(key);
        return value.ToArray();
    }

    public static bool Contains(this IPartitionReader reader, ReadOnlySpan<byte> key)
    {
        using var value = reader.Get(key);
        return value.Exists;
    }
}
