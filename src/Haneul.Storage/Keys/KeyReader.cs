using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Haneul.Storage.Keys;

/// <summary>Takes a key apart that <see cref="KeyWriter"/> composed, part by part in the same order.</summary>
public ref struct KeyReader(ReadOnlySpan<byte> key)
{
    private ReadOnlySpan<byte> _rest = key;

    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte ReadByte() => Take(1)[0];

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64BigEndian(Take(8));

    public int ReadInt32() => (int)(ReadUInt32() ^ 0x8000_0000);

    public long ReadInt64() => (long)(ReadUInt64() ^ 0x8000_0000_0000_0000);

    public DateTimeOffset ReadTime()
    {
        var ticks = ReadInt64();
        return (ulong)ticks <= (ulong)DateTimeOffset.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : throw Malformed();
    }

    public string ReadText()
    {
        var encoded = TakeTerminated(out var escaped);
        return escaped ? Encoding.UTF8.GetString(Unescape(encoded)) : Encoding.UTF8.GetString(encoded);
    }

    public byte[] ReadBytes()
    {
        var encoded = TakeTerminated(out var escaped);
        return escaped ? Unescape(encoded) : encoded.ToArray();
    }

    /// <summary>Passes over a text or byte string.</summary>
    public void SkipBytes() => TakeTerminated(out _);

    private ReadOnlySpan<byte> TakeTerminated(out bool escaped)
    {
        escaped = false;
        var at = 0;
        while (true)
        {
            var zero = _rest[at..].IndexOf(KeyWriter.Escape);
            if (zero < 0 || at + zero + 1 >= _rest.Length)
            {
                throw Malformed();
            }

            at += zero;
            switch (_rest[at + 1])
            {
                case KeyWriter.Terminator:
                    var part = _rest[..at];
                    _rest = _rest[(at + 2)..];
                    return part;
                case KeyWriter.EscapedZero:
                    escaped = true;
                    at += 2;
                    break;
                default:
                    throw Malformed();
            }
        }
    }

    private static byte[] Unescape(ReadOnlySpan<byte> encoded)
    {
        var plain = new ArrayBufferWriter<byte>(encoded.Length);
        while (encoded.IndexOf(KeyWriter.Escape) is var zero and >= 0)
        {
            plain.Write(encoded[..(zero + 1)]);
            encoded = encoded[(zero + 2)..];
        }

        plain.Write(encoded);
        return plain.WrittenSpan.ToArray();
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_rest.Length < count)
        {
            ThrowMalformed();
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    [DoesNotReturn]
    private static void ThrowMalformed() => throw Malformed();

    private static FormatException Malformed() => new("The key does not have the parts that were expected of it.");
}
