using System.Security.Cryptography;
using System.Text;

namespace Haneul.Auth;

/// <summary>
/// Checks the signatures of a body's chunks: each covers the one before it, the first the request's own.
/// <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html"/>
/// </summary>
public sealed class ChunkVerifier(SignatureParts seed, string secret)
{
    private readonly SigningKey _key = seed.Scope.KeyFor(secret);
    private string _previous = seed.Signature;

    /// <summary>Checks the next chunk; the last one is empty.</summary>
    public bool Chunk(ReadOnlySpan<byte> data, string signature) =>
        Check("AWS4-HMAC-SHA256-PAYLOAD", data, signature, emptyHash: true);

    /// <summary>Checks the signature of the trailer: its lines, each with a line feed at its end.</summary>
    public bool Trailer(ReadOnlySpan<byte> lines, string signature) =>
        Check("AWS4-HMAC-SHA256-TRAILER", lines, signature, emptyHash: false);

    private bool Check(string algorithm, ReadOnlySpan<byte> data, string signature, bool emptyHash)
    {
        var text = ByteText.Take();
        SigV4.AppendHead(text, algorithm, seed).Append(_previous).Append('\n');
        if (emptyHash)
        {
            text.Append(SigV4.EmptyHash).Append('\n');
        }

        Span<byte> hash = stackalloc byte[Sha256.Size];
        Sha256.Hash(data, hash);
        text.AppendHex(hash);
        Span<byte> mac = stackalloc byte[Sha256.Size];
        _key.Sign(text.Written, mac);
        var expected = Convert.ToHexStringLower(mac);
        text.Return();
        _previous = expected;
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.UTF8.GetBytes(signature));
    }
}
