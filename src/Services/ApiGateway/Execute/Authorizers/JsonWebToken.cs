using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Haneul.ApiGateway.Execute.Authorizers;

/// <summary>
/// A signed JSON Web Token, parsed and not yet believed. Only RSA signatures are known: <c>none</c> and the HMAC algorithms, for which a public key
/// would be a secret, are no algorithms here. <see href="https://www.rfc-editor.org/rfc/rfc7519"/>
/// </summary>
internal sealed class JsonWebToken
{
    /// <summary>More than a request's headers may hold on AWS (10,240 bytes in all).</summary>
    public const int MaxLength = 10 * 1024;

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    private readonly byte[] _signed;
    private readonly byte[] _signature;
    private readonly HashAlgorithmName _hash;

    private JsonWebToken(string algorithm, HashAlgorithmName hash, string keyId, JsonElement claims, byte[] signed, byte[] signature)
    {
        (Algorithm, _hash, KeyId, Claims, _signed, _signature) = (algorithm, hash, keyId, claims, signed, signature);
    }

    public string Algorithm { get; }

    public string KeyId { get; }

    /// <summary>An object.</summary>
    public JsonElement Claims { get; }

    public string? Issuer => Text("iss");

    /// <summary>Null for what is no such token, has no key id or an algorithm that is not served.</summary>
    public static JsonWebToken? TryParse(string text)
    {
        var parts = text.Length > MaxLength ? [] : text.Split('.');
        if (parts.Length != 3)
        {
            return null;
        }

        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]), s_options);
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]), s_options);
            if (header.RootElement.ValueKind != JsonValueKind.Object || claims.RootElement.ValueKind != JsonValueKind.Object
                || Text(header.RootElement, "alg") is not { } algorithm || Text(header.RootElement, "kid") is not { } keyId
                || header.RootElement.TryGetProperty("crit", out _))
            {
                return null;
            }

            HashAlgorithmName? hash = algorithm switch
            {
                "RS256" => HashAlgorithmName.SHA256,
                "RS384" => HashAlgorithmName.SHA384,
                "RS512" => HashAlgorithmName.SHA512,
                _ => null,
            };
            return hash is null ? null : new JsonWebToken(
                algorithm, hash.Value, keyId, claims.RootElement.Clone(), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
                Base64Url.DecodeFromChars(parts[2]));
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    public bool IsSignedBy(RSAParameters key)
    {
        try
        {
            using var rsa = RSA.Create(key);
            return rsa.VerifyData(_signed, _signature, _hash, RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>A claim that is text.</summary>
    public string? Text(string claim) => Text(Claims, claim);

    /// <summary>A claim that is a time, in seconds since 1970.</summary>
    /// <returns>False if it is there and is none.</returns>
    public bool TryTime(string claim, out double? seconds)
    {
        seconds = null;
        if (!Claims.TryGetProperty(claim, out var value))
        {
            return true;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number) || !double.IsFinite(number))
        {
            return false;
        }

        seconds = number;
        return true;
    }

    /// <summary>A claim that is text or a list of texts; null if it is missing.</summary>
    public IReadOnlyList<string>? Texts(string claim) => Claims.TryGetProperty(claim, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)],
            _ => [],
        }
        : null;

    /// <summary>The scopes, from <c>scope</c> (words) or <c>scp</c> (a list, or words); null if there are none.</summary>
    public IReadOnlyList<string>? Scopes()
    {
        var claim = Texts("scope") ?? Texts("scp");
        return claim is null ? null : [.. claim.SelectMany(words => words.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
    }

    /// <summary>All claims as texts, as integrations see them: lists as <c>[a b]</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ClaimTexts() =>
        [.. Claims.EnumerateObject().Select(claim => new KeyValuePair<string, string>(claim.Name, Shown(claim.Value)))];

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => $"[{string.Join(' ', value.EnumerateArray().Select(Shown))}]",
        _ => value.GetRawText(),
    };

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
