using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace Haneul.Iam.Sts.WebIdentity;

/// <summary>
/// Asks the provider: its discovery document, and the key set that this names. Answers are kept for some minutes, and asked for again when a
/// token names a key that is not among them.
/// <see href="https://openid.net/specs/openid-connect-discovery-1_0.html"/>
/// </summary>
internal sealed class HttpWebKeys(TimeProvider time) : IWebKeys, IDisposable
{
    private const int MaxAnswer = 256 * 1024;

    private static readonly TimeSpan s_fresh = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = MaxAnswer,
    };

    private readonly ConcurrentDictionary<string, (DateTimeOffset Asked, string Keys)> _cache = new();

    public async ValueTask<string> FindAsync(string issuer, string? keyId, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (_cache.TryGetValue(issuer, out var cached))
        {
            // An attacker's made-up key ids must not make us ask the provider at every token.
            var known = keyId is null || cached.Keys.Contains(JsonEncodedText.Encode(keyId).Value, StringComparison.Ordinal);
            if (now - cached.Asked < (known ? s_fresh : s_pause))
            {
                return cached.Keys;
            }
        }

        try
        {
            var keys = await AskAsync(issuer, cancel);
            _cache[issuer] = (now, keys);
            return keys;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new HttpRequestException("The provider did not answer in time.");
        }
        catch (JsonException)
        {
            throw new HttpRequestException("The provider's discovery document is not JSON.");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> AskAsync(string issuer, CancellationToken cancel)
    {
        var document = await GetAsync(issuer.TrimEnd('/') + "/.well-known/openid-configuration", cancel);
        using var discovery = JsonDocument.Parse(document);
        return discovery.RootElement.ValueKind == JsonValueKind.Object
            && discovery.RootElement.TryGetProperty("jwks_uri", out var uri) && uri.ValueKind == JsonValueKind.String
            ? Encoding.UTF8.GetString(await GetAsync(uri.GetString()!, cancel))
            : throw new HttpRequestException("The provider's discovery document names no keys.");
    }

    private async Task<byte[]> GetAsync(string url, CancellationToken cancel)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)))
        {
            throw new HttpRequestException("Providers are asked by HTTPS alone, but for those on this machine.");
        }

        return await _http.GetByteArrayAsync(uri, cancel);
    }
}
