namespace Haneul.Auth;

/// <summary>
/// The words that stand for the hash of a body that is sent in chunks, each framed by its length.
/// <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html"/>
/// </summary>
public static class ChunkedPayload
{
    public const string Signed = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    public const string SignedWithTrailer = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
    public const string UnsignedWithTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

    public static bool Is(string? payloadHash) => payloadHash is Signed or SignedWithTrailer or UnsignedWithTrailer;
}
