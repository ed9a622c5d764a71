using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Haneul.Storage.Keys;

/// <summary>
/// Composes keys whose byte order is the order of their parts. Starts on the stack, moves to a pooled buffer when that is full.
/// <code>
/// using var key = new KeyWriter(stackalloc byte[128]);
/// key.WriteByte(Messages); key.WriteText(group); key.WriteUInt64(sequence);
/// partition.Get(key.Written);
/// </code>
/// </summary>
/// <remarks>
/// Integers are big-endian, signed ones with the sign bit turned over. Texts (UTF-8, so code point order) and byte strings end in
/// <c>00 01</c> and write a zero byte as <c>00 FF</c>: no encoding is a prefix of another, and shorter sorts before longer.
/// </remarks>
public ref struct KeyWriter(Span<byte> buffer)
{
    internal const byte Escape = 0x00;
    internal const byte EscapedZero = 0xFF;
    internal const byte Terminator = 0x01;

    // Lone surrogates must not become one and the same replacement character: two names would share a key.
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private Span<byte> _buffer = buffer;
    private byte[]? _rented;
    private int _length;

    /// <summary>The key so far; valid until the next write or dispose.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer[.._length];

    /// <summary>The most usual key: what kind of thing, then texts. Those that are null are left out.</summary>
    public static byte[] Of(byte kind, params ReadOnlySpan<string?> texts)
    {
        using var key = new KeyWriter(stackalloc byte[256]);
        key.WriteByte(kind);
        foreach (var text in texts)
        {
            if (text is not null)
            {
                key.WriteText(text);
            }
        }

        return key.Written.ToArray();
    }

    public void WriteByte(byte value) => Take(1)[0] = value;

    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Take(4), value);

    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Take(8), value);

    public void WriteInt32(int value) => WriteUInt32((uint)value ^ 0x8000_0000);

    public void WriteInt64(long value) => WriteUInt64((ulong)value ^ 0x8000_0000_0000_0000);

    /// <summary>An instant, whatever its offset.</summary>
    public void WriteTime(DateTimeOffset value) => WriteInt64(value.UtcTicks);

    /// <exception cref="ArgumentException">The text has a lone surrogate.</exception>
    public void WriteText(ReadOnlySpan<char> text)
    {
        var most = s_strict.GetMaxByteCount(text.Length);
        byte[]? rented = null;
        var utf8 = most <= 512 ? stackalloc byte[512] : rented = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            WriteBytes(utf8[..s_strict.GetBytes(text, utf8)]);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    /// <summary>A byte string, or text that already is UTF-8.</summary>
    public void WriteBytes(scoped ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            var zero = bytes.IndexOf(Escape);
            if (zero < 0)
            {
                break;
            }

            WriteRaw(bytes[..zero]);
            WriteMark(EscapedZero);
            bytes = bytes[(zero + 1)..];
        }

        WriteRaw(bytes);
        WriteMark(Terminator);
    }

    /// <summary>Bytes as they are: an encoded key to build on, or a last part that needs no end.</summary>
    public void WriteRaw(scoped ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary>Forgets what was written and keeps the buffer.</summary>
    public void Clear() => _length = 0;

    /// <summary>Forgets all but the first bytes: a common head with changing tails.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)_length);
        _length = length;
    }

    public void Dispose()
    {
        if (_rented is { } rented)
        {
            _rented = null;
            _buffer = default;
            _length = 0;
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void WriteMark(byte mark)
    {
        var span = Take(2);
        span[0] = Escape;
        span[1] = mark;
    }

    private Span<byte> Take(int count)
    {
        if (_buffer.Length - _length < count)
        {
            Grow(count);
        }

        var span = _buffer.Slice(_length, count);
        _length += count;
        return span;
    }

    private void Grow(int count)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(_length + count), _buffer.Length * 2));
        Written.CopyTo(larger);
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }

        _buffer = _rented = larger;
    }
}
