using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Haneul.ApiGateway.Execute.Authorizers;

/// <summary>The RSA keys of an issuer's key set, by key id. <see href="https://www.rfc-editor.org/rfc/rfc7517"/></summary>
internal sealed class WebKeys
{
    private const int MaxKeys = 256;

    // Below this, keys are broken for little money; above, verifying costs too much.
    private const int MinBytes = 2048 / 8;
    private const int MaxBytes = 8192 / 8;

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 16 };

    private readonly Dictionary<string, (RSAParameters Parameters, string? Algorithm)> _keys = new(StringComparer.Ordinal);

    /// <exception cref="JsonException">The text is no key set.</exception>
    public static WebKeys Parse(ReadOnlyMemory<byte> keySet)
    {
        var keys = new WebKeys();
        using var document = JsonDocument.Parse(keySet, s_options);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("keys", out var list)
            || list.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("A key set has a list of keys.");
        }

        foreach (var key in list.EnumerateArray().Take(MaxKeys))
        {
            keys.Add(key);
        }

        return keys;
    }

    public bool Has(string keyId) => _keys.ContainsKey(keyId);

    /// <summary>Whether the key that the token names made its signature, by the algorithm that the key is for.</summary>
    public bool Verify(JsonWebToken token) => _keys.TryGetValue(token.KeyId, out var key)
        && (key.Algorithm is null || key.Algorithm == token.Algorithm) && token.IsSignedBy(key.Parameters);

    private void Add(JsonElement key)
    {
        if (key.ValueKind != JsonValueKind.Object || Text(key, "kty") != "RSA" || Text(key, "use") is not (null or "sig")
            || Text(key, "kid") is not { } id || Bytes(key, "n") is not { Length: >= MinBytes and <= MaxBytes } modulus
            || Bytes(key, "e") is not { Length: > 0 and <= 8 } exponent)
        {
            return;
        }

        _keys.TryAdd(id, (new RSAParameters { Modulus = modulus, Exponent = exponent }, Text(key, "alg")));
    }

    private static byte[]? Bytes(JsonElement key, string name)
    {
        try
        {
            // Some issuers write the sign's zero byte that the standard leaves out.
            return Text(key, name) is { } text ? [.. Base64Url.DecodeFromChars(text).SkipWhile(b => b == 0)] : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
