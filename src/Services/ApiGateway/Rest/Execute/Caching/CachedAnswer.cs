using System.Security.Cryptography;

namespace Haneul.ApiGateway.Rest.Execute.Caching;

/// <summary>An answer as a cache keeps it: the body encrypted where the method's settings ask for it.</summary>
internal sealed class CachedAnswer
{
    private const int Nonce = 12;
    private const int Tag = 16;

    // Known to this process alone, and gone with it: as long as the caches are.
    private static readonly byte[] s_key = RandomNumberGenerator.GetBytes(32);

    private readonly RestAnswer _answer;
    private readonly bool _encrypted;

    private CachedAnswer(RestAnswer answer, bool encrypted) => (_answer, _encrypted) = (answer, encrypted);

    public long Bytes => _answer.Body.Length + _answer.Headers.Sum(header => (header.Key.Length + header.Value.Length) * (long)sizeof(char));

    /// <summary>The bytes that lie in memory.</summary>
    internal ReadOnlyMemory<byte> Stored => _answer.Body;

    public static CachedAnswer Of(RestAnswer answer, bool encrypted)
    {
        if (!encrypted)
        {
            return new CachedAnswer(answer with { Body = answer.Body.ToArray() }, encrypted: false);
        }

        var sealedBody = new byte[Nonce + answer.Body.Length + Tag];
        RandomNumberGenerator.Fill(sealedBody.AsSpan(0, Nonce));
        using var aes = new AesGcm(s_key, Tag);
        aes.Encrypt(sealedBody.AsSpan(0, Nonce), answer.Body.Span, sealedBody.AsSpan(Nonce, answer.Body.Length), sealedBody.AsSpan(^Tag));
        return new CachedAnswer(answer with { Body = sealedBody }, encrypted: true);
    }

    public RestAnswer Open()
    {
        if (!_encrypted)
        {
            return _answer;
        }

        var stored = _answer.Body.Span;
        var body = new byte[stored.Length - Nonce - Tag];
        using var aes = new AesGcm(s_key, Tag);
        aes.Decrypt(stored[..Nonce], stored[Nonce..^Tag], stored[^Tag..], body);
        return _answer with { Body = body };
    }
}
