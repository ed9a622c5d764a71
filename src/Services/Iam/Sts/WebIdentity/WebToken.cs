using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Haneul.Iam.Sts.WebIdentity;

/// <summary>A signed JSON Web Token, parsed and not yet believed. <see href="https://www.rfc-editor.org/rfc/rfc7519"/></summary>
internal sealed record WebToken
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    public required string Algorithm { get; init; }

    public string? KeyId { get; init; }

    public required string Issuer { get; init; }

    public required string Subject { get; init; }

    public required IReadOnlyList<string> Audience { get; init; }

    public required long Expires { get; init; }

    public long? NotBefore { get; init; }

    /// <summary>The claim that would set tags and a source identity.</summary>
    public bool HasSessionClaims { get; init; }

    private ReadOnlyMemory<byte> Signed { get; init; }

    private byte[] Signature { get; init; } = [];

    public static WebToken? TryParse(string text)
    {
        var parts = text.Split('.');
        if (parts.Length != 3)
        {
            return null;
        }

        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]), s_options);
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]), s_options);
            var body = claims.RootElement;
            return new WebToken
            {
                Algorithm = header.RootElement.GetProperty("alg").GetString()!,
                KeyId = header.RootElement.TryGetProperty("kid", out var kid) ? kid.GetString() : null,
                Issuer = body.GetProperty("iss").GetString()!,
                Subject = body.GetProperty("sub").GetString()!,
                Audience = Texts(body.GetProperty("aud")),
                Expires = (long)body.GetProperty("exp").GetDouble(),
                NotBefore = body.TryGetProperty("nbf", out var start) ? (long)start.GetDouble() : null,
                HasSessionClaims = body.TryGetProperty("https://aws.amazon.com/tags", out _)
                    || body.TryGetProperty("https://aws.amazon.com/source_identity", out _),
                Signed = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
                Signature = Base64Url.DecodeFromChars(parts[2]),
            };
        }
        catch (Exception exception) when (exception is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether one of the provider's keys made the signature. The algorithm must be the key's, so that none can be talked into another.</summary>
    public bool IsSignedBy(string keySet)
    {
        try
        {
            using var document = JsonDocument.Parse(keySet, s_options);
            foreach (var key in document.RootElement.GetProperty("keys").EnumerateArray())
            {
                if ((KeyId is null || (key.TryGetProperty("kid", out var kid) && kid.GetString() == KeyId)) && Verify(key))
                {
                    return true;
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or CryptographicException)
        {
            return false;
        }

        return false;
    }

    private bool Verify(JsonElement key)
    {
        switch (Algorithm, key.GetProperty("kty").GetString())
        {
            case ("RS256", "RSA"):
                using (var rsa = RSA.Create(new RSAParameters { Modulus = Bytes(key, "n"), Exponent = Bytes(key, "e") }))
                {
                    return rsa.VerifyData(Signed.Span, Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
                }

            case ("ES256", "EC") when key.GetProperty("crv").GetString() == "P-256":
                var point = new ECPoint { X = Bytes(key, "x"), Y = Bytes(key, "y") };
                using (var ec = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point }))
                {
                    return ec.VerifyData(Signed.Span, Signature, HashAlgorithmName.SHA256);
                }

            default:
                return false;
        }
    }

    private static byte[] Bytes(JsonElement key, string name) => Base64Url.DecodeFromChars(key.GetProperty(name).GetString());

    private static List<string> Texts(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().Select(item => item.GetString()!)] : [element.GetString()!];
}
