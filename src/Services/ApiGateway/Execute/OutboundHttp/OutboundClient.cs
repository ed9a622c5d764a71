using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Haneul.ApiGateway.Execute.OutboundHttp;

/// <summary>
/// Sends integrations' requests to HTTP endpoints: connections are pooled, redirects and compressed bodies are the client's business, and no cookie
/// is kept from one request to the next.
/// </summary>
internal sealed class OutboundClient : IDisposable
{
    /// <summary>Longest answer that is taken: API Gateway's own limit.</summary>
    public const int MaxAnswer = 10 * 1024 * 1024;

    private static readonly string[] s_bodiless = ["GET", "HEAD", "OPTIONS"];

    private const int MaxInvokers = 256;

    // Connections are pooled by what they are made with: how endpoints are verified, and which certificate is shown to them.
    private readonly ConcurrentDictionary<(bool SkipVerification, X509Certificate2? Certificate), HttpMessageInvoker> _invokers = new();

    /// <returns>Null if the answer is longer than <see cref="MaxAnswer"/>.</returns>
    /// <exception cref="HttpRequestException">The endpoint could not be reached, or did not speak HTTP.</exception>
    public async Task<OutboundAnswer?> SendAsync(OutboundRequest request, CancellationToken cancel)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Uri) { Version = HttpVersion.Version11 };
        message.Content = new ReadOnlyMemoryContent(s_bodiless.Contains(request.Method) ? ReadOnlyMemory<byte>.Empty : request.Body);
        foreach (var (name, value) in request.Headers)
        {
            if (!HeaderRules.IsValid(name, value) || HeaderRules.IsDropped(name) || HeaderRules.IsIllegal(name, service: false))
            {
                continue;
            }

            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        try
        {
            using var response = await Invoker(request).SendAsync(message, cancel);
            if (response.Content.Headers.ContentLength > MaxAnswer)
            {
                return null;
            }

            var body = await ReadAsync(response.Content, cancel);
            var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
                .SelectMany(header => header.Value.Select(value => new KeyValuePair<string, string>(header.Key, value)));
            return body is null ? null : new OutboundAnswer((int)response.StatusCode, [.. headers], body.Value);
        }
        catch (IOException exception)
        {
            throw new HttpRequestException(exception.Message, exception);
        }
    }

    public void Dispose()
    {
        foreach (var invoker in _invokers.Values)
        {
            invoker.Dispose();
        }
    }

    private HttpMessageInvoker Invoker(OutboundRequest request)
    {
        var key = (request.SkipVerification, request.Certificate);
        if (_invokers.TryGetValue(key, out var invoker))
        {
            return invoker;
        }

        if (_invokers.Count >= MaxInvokers)
        {
            // Requests under way keep theirs; idle connections close by themselves.
            _invokers.Clear();
        }

        return _invokers.GetOrAdd(key, static key => new HttpMessageInvoker(Handler(key.SkipVerification, key.Certificate)));
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, CancellationToken cancel)
    {
        await using var stream = await content.ReadAsStreamAsync(cancel);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, cancel)) > 0;)
        {
            if (body.Length + read > MaxAnswer)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static SocketsHttpHandler Handler(bool skipVerification, X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = 64,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificates = [certificate];
        }

        if (skipVerification)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, chain, errors) => IsOnlyUntrusted(chain, errors);
        }

        return handler;
    }

    // What is skipped is who issued the certificate; its name and its dates still count.
    // https://docs.aws.amazon.com/apigateway/latest/api/API_TlsConfig.html
    private static bool IsOnlyUntrusted(X509Chain? chain, SslPolicyErrors errors)
    {
        const X509ChainStatusFlags untrusted = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.RevocationStatusUnknown
            | X509ChainStatusFlags.OfflineRevocation;
        return (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None
            && (chain is null || chain.ChainStatus.All(status => (status.Status & ~untrusted) == 0));
    }
}
