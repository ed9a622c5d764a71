using System.Security.Cryptography;
using System.Text;

namespace Haneul.Auth;

/// <summary>
/// Checks the signatures of a body's chunks: each covers the one before it, the first the request's own.
/// <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html"/>
/// </summary>
public sealed class ChunkVerifier(SignatureParts seed, string secret)
{
    private readonly SigningKey _key = SigningKeys.Of(secret, seed);
    private string _previous = seed.Signature;

    /// <summary>Checks the next chunk; the last one is empty.</summary>
    public bool Chunk(ReadOnlySpan<byte> data, string signature) =>
        Check("AWS4-HMAC-SHA256-PAYLOAD", SHA256.HashData(data), signature, emptyHash: true);

    /// <summary>Checks the signature of the trailer: its lines, each with a line feed at its end.</summary>
    public bool Trailer(ReadOnlySpan<byte> lines, string signature) =>
        Check("AWS4-HMAC-SHA256-TRAILER", SHA256.HashData(lines), signature, emptyHash: false);

    private bool Check(string algorithm, ReadOnlySpan<byte> hash, string signature, bool emptyHash)
    {
        var text = ByteText.Take();
        _key.Begin(text).Append(algorithm).Append('\n').Append(seed.Timestamp).Append('\n');
        SigV4.AppendScope(text, seed);
        text.Append('\n').Append(_previous).Append('\n');
        if (emptyHash)
        {
            text.Append(SigV4.EmptyHash).Append('\n');
        }

        text.AppendHex(hash);
        Span<byte> mac = stackalloc byte[SHA256.HashSizeInBytes];
        _key.Finish(text, mac);
        var expected = Convert.ToHexStringLower(mac);
        text.Return();
        _previous = expected;
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.UTF8.GetBytes(signature));
    }
}
