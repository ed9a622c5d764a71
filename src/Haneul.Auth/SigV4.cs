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
    public static string EmptyHash { get; } = Convert.ToHexStringLower(SHA256.HashData([]));

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
        if (parts.IsPresigned ? now > parts.Time + parts.Expires || parts.Time > now + MaxSkew : (now - parts.Time).Duration() > MaxSkew)
        {
            return AuthRefusal.Expired;
        }

        if (!parts.SignedHeaders.Contains("host"))
        {
            return AuthRefusal.UnsignedHeader;
        }

        var canonical = CanonicalRequest.Build(request, parts.SignedHeaders, payloadHash, parts.IsPresigned, normalizePath);
        var expected = Sign(secret, parts, canonical);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(parts.Signature))
            ? AuthRefusal.None
            : AuthRefusal.Mismatch;
    }

    /// <summary>The signature of a canonical request, in hexadecimal.</summary>
    public static string Sign(string secret, SignatureParts parts, string canonicalRequest)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest)));
        var toSign = $"{SignatureParts.Algorithm}\n{SignatureParts.Format(parts.Time)}\n{parts.Scope}\n{hash}";
        Span<byte> key = stackalloc byte[32];
        SigningKey(secret, parts, key);
        Span<byte> signature = stackalloc byte[32];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign), signature);
        return Convert.ToHexStringLower(signature);
    }

    private static void SigningKey(string secret, SignatureParts parts, Span<byte> key)
    {
        HMACSHA256.HashData(Encoding.UTF8.GetBytes("AWS4" + secret), Encoding.UTF8.GetBytes(parts.Date), key);
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(parts.Region), key);
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(parts.Service), key);
        HMACSHA256.HashData(key, "aws4_request"u8, key);
    }
}
