using System.Buffers;
using System.Buffers.Text;

namespace Haneul.DynamoDb.Values;

/// <summary>JSON text in a pooled buffer, with just the calls that items need. Strings are UTF-8 already and get the least escaping.</summary>
internal sealed class JsonBuffer(int size) : IDisposable
{
    private static readonly SearchValues<byte> s_escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (byte)c), (byte)'"', (byte)'\\']);

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(256, size));
    private int _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public void Raw(ReadOnlySpan<byte> text)
    {
        Grow(text.Length);
        text.CopyTo(_buffer.AsSpan(_length));
        _length += text.Length;
    }

    public void Text(ReadOnlySpan<byte> utf8)
    {
        Grow(utf8.Length + 2);
        _buffer[_length++] = (byte)'"';
        for (int at; (at = utf8.IndexOfAny(s_escaped)) >= 0; utf8 = utf8[(at + 1)..])
        {
            Raw(utf8[..at]);
            Escape(utf8[at]);
        }

        Raw(utf8);
        Raw("\""u8);
    }

    public void Base64(ReadOnlySpan<byte> bytes)
    {
        var length = System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(bytes.Length);
        Grow(length + 2);
        _buffer[_length++] = (byte)'"';
        System.Buffers.Text.Base64.EncodeToUtf8(bytes, _buffer.AsSpan(_length), out _, out var written);
        _length += written;
        _buffer[_length++] = (byte)'"';
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }

    private void Escape(byte c)
    {
        switch (c)
        {
            case (byte)'"':
                Raw("\\\""u8);
                break;
            case (byte)'\\':
                Raw("\\\\"u8);
                break;
            case (byte)'\n':
                Raw("\\n"u8);
                break;
            case (byte)'\r':
                Raw("\\r"u8);
                break;
            case (byte)'\t':
                Raw("\\t"u8);
                break;
            default:
                Raw("\\u00"u8);
                Grow(2);
                Utf8Formatter.TryFormat(c, _buffer.AsSpan(_length), out _, new StandardFormat('x', 2));
                _length += 2;
                break;
        }
    }

    private void Grow(int count)
    {
        if (_buffer.Length - _length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(checked(Math.Max(_buffer.Length * 2, _length + count)));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
    }
}
