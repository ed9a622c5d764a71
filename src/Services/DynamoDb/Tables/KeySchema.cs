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

/// <summary>
/// The hash key and perhaps the range key of a table or an index. Those of a global index may have up to four attributes each.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.MultiAttributeKeys"/>
/// </summary>
internal sealed class KeySchema(KeyPart[] hashes, KeyPart[] ranges)
{
    /// <summary>The first attribute of the hash key: of all but some global indexes the only one.</summary>
    public KeyPart Hash { get; } = hashes[0];

    /// <inheritdoc cref="Hash"/>
    public KeyPart? Range { get; } = ranges.Length == 0 ? null : ranges[0];

    public KeyPart[] Hashes => hashes;

    public KeyPart[] Ranges => ranges;

    /// <summary>All attributes, in their order.</summary>
    public KeyPart[] Parts { get; } = [.. hashes, .. ranges];

    public int Count => Parts.Length;

    /// <summary>Whether a key has more than one attribute.</summary>
    public bool IsComposite => hashes.Length > 1 || ranges.Length > 1;

    public bool Has(string attribute) => Array.Exists(Parts, part => part.Name == attribute);

    public bool Has(ReadOnlySpan<byte> attribute)
    {
        foreach (var part in Parts)
        {
            if (attribute.SequenceEqual(part.Utf8))
            {
                return true;
            }
        }

        return false;
    }
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
