using System.Text;

namespace Haneul.Auth;

/// <summary>Text under construction, in UTF-8: what is hashed need not be a string first. One per thread, used again.</summary>
internal sealed class ByteText
{
    [ThreadStatic]
    private static ByteText? s_spare;

    private byte[] _bytes = new byte[2048];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public static ByteText Take()
    {
        var text = s_spare ?? new ByteText();
        s_spare = null;
        text._length = 0;
        return text;
    }

    public void Return()
    {
        // A huge query must not hold memory for the life of the thread.
        if (_bytes.Length <= 65_536)
        {
            s_spare = this;
        }
    }

    public void Clear() => _length = 0;

    public ByteText Append(char ascii)
    {
        Reserve(1)[0] = (byte)ascii;
        _length++;
        return this;
    }

    public ByteText Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _length += bytes.Length;
        return this;
    }

    public ByteText Append(ReadOnlySpan<char> text)
    {
        _length += Encoding.UTF8.GetBytes(text, Reserve(Encoding.UTF8.GetMaxByteCount(text.Length)));
        return this;
    }

    public ByteText AppendHex(ReadOnlySpan<byte> bytes)
    {
        Convert.TryToHexStringLower(bytes, Reserve(bytes.Length * 2), out var written);
        _length += written;
        return this;
    }

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        }

        return _bytes.AsSpan(_length);
    }
}
