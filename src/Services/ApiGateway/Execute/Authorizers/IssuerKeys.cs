using System.Collections.Concurrent;
using System.Text.Json;
using Haneul.Integration;

namespace Haneul.ApiGateway.Execute.Authorizers;

/// <summary>
/// The public keys of token issuers: of user pools of this cloud, and of others by their discovery document. Keys are kept for two hours, as AWS does,
/// and asked for again when a token names one that is not among them, which made-up key ids can cause only now and then.
/// <see href="https://openid.net/specs/openid-connect-discovery-1_0.html"/>
/// </summary>
internal sealed class IssuerKeys(TimeProvider time, IEnumerable<ICognitoPools> pools) : IDisposable
{
    public const string DiscoveryPath = "/.well-known/openid-configuration";

    private const int MaxAnswer = 256 * 1024;
    private const int MaxIssuers = 1024;

    private static readonly TimeSpan s_fresh = TimeSpan.FromHours(2);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
    {
        Timeout = s_patience,
        MaxResponseContentBufferSize = MaxAnswer,
    };

    private readonly ConcurrentDictionary<string, Issuer> _issuers = new(StringComparer.Ordinal);

    /// <summary>Whether an issuer's URL may be asked: HTTPS, or this machine.</summary>
    public static bool MayAsk(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    /// <param name="issuer">As the authorizer's settings name it; never as a token does.</param>
    /// <param name="keyId">The key that a token names; null for whatever is known.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="IssuerException">The issuer cannot be reached or does not answer as one.</exception>
    public async ValueTask<WebKeys> FindAsync(string issuer, string? keyId, CancellationToken cancel)
    {
        foreach (var port in pools)
        {
            if (await port.FindByIssuerAsync(issuer, cancel) is { } pool)
            {
                return WebKeys.Parse(pool.KeySet);
            }
        }

        if (_issuers.Count >= MaxIssuers)
        {
            _issuers.Clear();
        }

        var entry = _issuers.GetOrAdd(issuer, static _ => new Issuer());
        if (entry.Current(keyId, time.GetUtcNow()) is { } keys)
        {
            return keys;
        }

        // One request at a time asks an issuer; the others wait for what it gets.
        await entry.Asking.WaitAsync(cancel);
        try
        {
            if (entry.Current(keyId, time.GetUtcNow()) is { } others)
            {
                return others;
            }

            try
            {
                var asked = await AskAsync(issuer, cancel);
                entry.Set(asked, time.GetUtcNow());
                return asked;
            }
            catch (IssuerException) when (entry.Known is { } known)
            {
                // Old keys serve on while the issuer is away; it is asked again after the pause.
                entry.Set(known, time.GetUtcNow() - s_fresh + s_pause);
                return known;
            }
        }
        finally
        {
            entry.Asking.Release();
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<WebKeys> AskAsync(string issuer, CancellationToken cancel)
    {
        try
        {
            using var discovery = JsonDocument.Parse(await GetAsync(issuer.TrimEnd('/') + DiscoveryPath, cancel));
            return discovery.RootElement.ValueKind == JsonValueKind.Object && discovery.RootElement.TryGetProperty("jwks_uri", out var uri)
                && uri.ValueKind == JsonValueKind.String
                ? WebKeys.Parse(await GetAsync(uri.GetString()!, cancel))
                : throw new IssuerException("The issuer's discovery document names no keys.");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new IssuerException("The issuer did not answer in time.");
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or InvalidOperationException)
        {
            throw new IssuerException("The issuer could not be asked, or answered what is no discovery document or key set.");
        }
    }

    private async Task<byte[]> GetAsync(string url, CancellationToken cancel) =>
        MayAsk(url) ? await _http.GetByteArrayAsync(new Uri(url), cancel) : throw new IssuerException("Issuers are asked by HTTPS alone, but for this machine.");

    private sealed class Issuer
    {
        private readonly Lock _lock = new();
        private (WebKeys Keys, DateTimeOffset Asked)? _answer;

        // Never disposed: it holds no handle as long as nobody asks for one.
        public SemaphoreSlim Asking { get; } = new(1);

        public WebKeys? Known
        {
            get
            {
                lock (_lock)
                {
                    return _answer?.Keys;
                }
            }
        }

        public WebKeys? Current(string? keyId, DateTimeOffset now)
        {
            lock (_lock)
            {
                return _answer is { } answer && now - answer.Asked < (keyId is null || answer.Keys.Has(keyId) ? s_fresh : s_pause) ? answer.Keys : null;
            }
        }

        public void Set(WebKeys keys, DateTimeOffset asked)
        {
            lock (_lock)
            {
                _answer = (keys, asked);
            }
        }
    }
}

/// <summary>A token issuer's keys cannot be had.</summary>
internal sealed class IssuerException(string message) : Exception(message);
