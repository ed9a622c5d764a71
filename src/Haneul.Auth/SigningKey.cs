using System.Security.Cryptography;
using System.Text;

namespace Haneul.Auth;

/// <summary>
/// HMAC-SHA256 (RFC 2104) with the key of a day, a region and a service. Its two hashes begin with a block that only depends on the key.
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html"/>
/// </summary>
internal sealed class SigningKey
{
    private readonly Sha256.Prefix _inner;
    private readonly Sha256.Prefix _outer;

    public SigningKey(string secret, CredentialScope scope)
    {
        var key = HMACSHA256.HashData(Encoding.UTF8.GetBytes("AWS4" + secret), Encoding.UTF8.GetBytes(scope.Date));
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(scope.Region), key);
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(scope.Service), key);
        HMACSHA256.HashData(key, "aws4_request"u8, key);
        _inner = Pad(key, 0x36);
        _outer = Pad(key, 0x5C);
    }

    public void Sign(ReadOnlySpan<byte> text, Span<byte> signature)
    {
        Span<byte> hash = stackalloc byte[Sha256.Size];
        _inner.Hash(text, hash);
        _outer.Hash(hash, signature);
    }

    private static Sha256.Prefix Pad(ReadOnlySpan<byte> key, byte pad)
    {
        Span<byte> block = stackalloc byte[Sha256.Block];
        block.Fill(pad);
        for (var i = 0; i < key.Length; i++)
        {
            block[i] ^= key[i];
        }

        return new Sha256.Prefix(block);
    }
}
