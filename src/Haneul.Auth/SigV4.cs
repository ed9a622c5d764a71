using System.Security.Cryptography;
using System.Text;

namespace Haneul.Auth;

/// <summary>Calculates and checks signatures.</summary>
public static class SigV4
{
    public const string UnsignedPayload = "UNSIGNED-PAYLOAD";

    /// <summary>How far a request's time may be from the cloud's.</summary>
    public static TimeSpan MaxSkew { get; } = TimeSpan.FromMinutes(15);

    /// <summary>The hash of an empty body.</summary>
    public static string EmptyHash { get; } = Sha256.Hex([]);

    /// <summary>Checks a request's signature; who the key belongs to, and whether it may do what it asks, is for others to say.</summary>
    /// <param name="request">What was sent.</param>
    /// <param name="parts">The signature, as read from it.</param>
    /// <param name="secret">The secret of the access key.</param>
    /// <param name="payloadHash">The hash of the body in hexadecimal, or the word that stands for one.</param>
    /// <param name="now">The cloud's time.</param>
    /// <param name="normalizePath">False for S3 alone.</param>
    public static AuthRefusal Verify(
        ISignedRequest request, SignatureParts parts, string secret, string payloadHash, DateTimeOffset now, bool normalizePath = true)
    {
        if (parts.IsPresigned ? now - parts.Time > parts.Expires || parts.Time - now > MaxSkew : (now - parts.Time).Duration() > MaxSkew)
        {
            return AuthRefusal.Expired;
        }

        if (!parts.SignedHeaders.CoverHost)
        {
            return AuthRefusal.UnsignedHeader;
        }

        Span<byte> claimed = stackalloc byte[Sha256.Size];
        if (Convert.FromHexString(parts.Signature, claimed, out _, out var length) != System.Buffers.OperationStatus.Done || length != claimed.Length)
        {
            return AuthRefusal.Mismatch;
        }

        Span<byte> expected = stackalloc byte[Sha256.Size];
        var text = ByteText.Take();
        CanonicalRequest.Write(text, request, parts.SignedHeaders, payloadHash, parts.IsPresigned, normalizePath);
        Span<byte> hash = stackalloc byte[Sha256.Size];
        Sha256.Hash(text.Written, hash);
        text.Clear();
        AppendHead(text, SignatureParts.Algorithm, parts).AppendHex(hash);
        parts.Scope.KeyFor(secret).Sign(text.Written, expected);
        text.Return();
        return CryptographicOperations.FixedTimeEquals(expected, claimed) ? AuthRefusal.None : AuthRefusal.Mismatch;
    }

    /// <summary>The text that is signed for a canonical request; services put it into their refusals.</summary>
    public static string StringToSign(SignatureParts parts, string canonicalRequest) =>
        $"{SignatureParts.Algorithm}\n{parts.Timestamp}\n{parts.Scope.Text}\n{Sha256.Hex(Encoding.UTF8.GetBytes(canonicalRequest))}";

    /// <summary>What every text that is signed begins with.</summary>
    internal static ByteText AppendHead(ByteText text, string algorithm, SignatureParts parts) =>
        text.Append(algorithm).Append('\n').Append(parts.Timestamp).Append('\n').Append(parts.Scope.Text).Append('\n');
}
