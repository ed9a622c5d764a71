using System.Security.Cryptography;

namespace Haneul.Auth;

/// <summary>
/// HMAC-SHA256 with a key that is used again and again, as its two hashes (RFC 2104): the system library's one-shot MAC looks its algorithm up at
/// every call, which costs several times the hashes.
/// </summary>
internal sealed class SigningKey
{
    private const int Block = 64;

    private readonly byte[] _inner = new byte[Block];
    private readonly byte[] _outer = new byte[Block];

    /// <param name="key">At most a block of 64 bytes.</param>
    public SigningKey(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, Block);
        key.CopyTo(_inner);
        key.CopyTo(_outer);
        for (var i = 0; i < Block; i++)
        {
            _inner[i] ^= 0x36;
            _outer[i] ^= 0x5C;
        }
    }

    /// <summary>Signs what was appended to <paramref name="text"/> after <see cref="Begin"/>.</summary>
    public void Finish(ByteText text, Span<byte> signature)
    {
        Span<byte> outer = stackalloc byte[Block + SHA256.HashSizeInBytes];
        _outer.CopyTo(outer);
        SHA256.HashData(text.Written, outer[Block..]);
        SHA256.HashData(outer, signature);
    }

    /// <summary>Begins a text that is to be signed.</summary>
    public ByteText Begin(ByteText text)
    {
        text.Clear();
        return text.Append(_inner);
    }
}
