using System.Text;
using Haneul.DynamoDb.Values;
using Haneul.Storage.Keys;

namespace Haneul.DynamoDb.Tables;

/// <summary>One attribute of a key.</summary>
internal sealed class KeyPart(string name, ValueKind kind)
{
    public string Name => name;

    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(name);

    public ValueKind Kind => kind;

    /// <summary>The value in an item if it has the type of the key.</summary>
    public bool TryFind(ReadOnlySpan<byte> item, out ReadOnlySpan<byte> value)
    {
        value = Encoded.Find(item, Utf8);
        return Encoded.Kind(value) == kind;
    }
}

/// <summary>The hash key and perhaps the range key of a table or an index.</summary>
internal sealed class KeySchema(KeyPart hash, KeyPart? range)
{
    public KeyPart Hash => hash;

    public KeyPart? Range => range;

    public int Count => range is null ? 1 : 2;

    public bool Has(string attribute) => hash.Name == attribute || range?.Name == attribute;

    public bool Has(ReadOnlySpan<byte> attribute) => attribute.SequenceEqual(hash.Utf8) || (range is not null && attribute.SequenceEqual(range.Utf8));
}

/// <summary>Key values in bytes that sort as AWS sorts them: numbers by value, texts and binaries by their bytes.</summary>
internal static class KeyCodec
{
    public static void Write(ref KeyWriter writer, ReadOnlySpan<byte> value)
    {
        var payload = Encoded.Payload(value);
        if (Encoded.Kind(value) == ValueKind.Number)
        {
            Span<byte> number = stackalloc byte[Number.MaxKey];
            writer.WriteRaw(number[..Number.Of(payload).WriteKey(number)]);
        }
        else
        {
            writer.WriteBytes(payload);
        }
    }

    /// <summary>The beginning of all texts or binaries that begin with this one.</summary>
    public static void WritePrefix(ref KeyWriter writer, ReadOnlySpan<byte> payload)
    {
        for (int zero; (zero = payload.IndexOf((byte)0)) >= 0; payload = payload[(zero + 1)..])
        {
            writer.WriteRaw(payload[..zero]);
            writer.WriteRaw([0x00, 0xFF]);
        }

        writer.WriteRaw(payload);
    }

    /// <summary>
    /// Where a hash key lies on the ring of all 32-bit numbers: the bits in front choose the partition, and scans go around in this order.
    /// FNV-1a with a final mix; part of the disk format.
    /// </summary>
    public static uint Token(ReadOnlySpan<byte> key)
    {
        var hash = 2166136261u;
        foreach (var b in key)
        {
            hash = unchecked((hash ^ b) * 16777619u);
        }

        unchecked
        {
            hash ^= hash >> 16;
            hash *= 0x85EBCA6Bu;
            hash ^= hash >> 13;
            hash *= 0xC2B2AE35u;
            return hash ^ (hash >> 16);
        }
    }

    /// <summary>The least key above all that begin with <paramref name="prefix"/>.</summary>
    public static byte[] After(ReadOnlySpan<byte> prefix)
    {
        var last = prefix.LastIndexOfAnyExcept((byte)0xFF);
        var key = prefix[..(last + 1)].ToArray();
        key[last]++;
        return key;
    }

    public static string? CheckSize(KeyPart part, ReadOnlySpan<byte> value, bool hash)
    {
        var size = Encoded.Payload(value).Length;
        if (part.Kind == ValueKind.Number)
        {
            return null;
        }

        return hash && size > 2048
            ? DynamoErrors.Parameters + "Size of hashkey has exceeded the maximum size limit of2048 bytes"
            : !hash && size > 1024
                ? DynamoErrors.Parameters + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes"
                : null;
    }
}
