using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Haneul.Integration;
using Haneul.Testing;
using Haneul.Testing.Clients;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Haneul.ApiGateway.Tests;

/// <summary>A cloud with HTTP and WebSocket APIs, whose functions, logs and metrics a test sees.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    public const string FunctionArn = "arn:aws:lambda:us-east-1:000000000000:function:hello";
    public const string FunctionUri = $"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{FunctionArn}/invocations";

    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
    private HaneulServer _server = null!;

    public FakeFunctions Functions { get; } = new();

    public FakeLogs Logs { get; } = new();

    public FakeMetrics Metrics { get; } = new();

    public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    public Uri Url => _server.Url;

    public IServiceProvider Services => _server.Services;

    public OfficialClients Clients => new(_server.Url);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ApiServer> StartAsync(Action<IServiceCollection>? configure = null)
    {
        var server = new ApiServer();
        server._server = await HaneulServer.StartAsync(
            time: server.Time,
            configure: services =>
            {
                services.AddSingleton<IFunctions>(server.Functions);
                services.AddSingleton<ILogSink>(server.Logs);
                services.AddSingleton<Integration.Metrics.IMetrics>(server.Metrics);
                configure?.Invoke(services);
            },
            modules: new ApiGatewayV2Module());
        return server;
    }

    /// <summary>An HTTP API with one route to an integration, served by the default stage.</summary>
    public async Task<string> CreateAsync(string routeKey, object integration, object? route = null, object? stage = null)
    {
        var api = await PostIdAsync("/v2/apis", new { name = "n", protocolType = "HTTP" }, "apiId");
        await AddRouteAsync(api, routeKey, integration, route);
        await SendAsync(HttpMethod.Post, $"/v2/apis/{api}/stages", Merge(new { stageName = "$default", autoDeploy = true }, stage));
        return api;
    }

    public async Task<string> AddRouteAsync(string api, string routeKey, object integration, object? route = null)
    {
        var id = await PostIdAsync($"/v2/apis/{api}/integrations", integration, "integrationId");
        return await PostIdAsync($"/v2/apis/{api}/routes", Merge(new { routeKey, target = "integrations/" + id }, route), "routeId");
    }

    public static object Lambda(string format = "2.0") => new { integrationType = "AWS_PROXY", integrationUri = FunctionUri, payloadFormatVersion = format };

    public async Task<string> PostIdAsync(string path, object body, string member) => (await SendAsync(HttpMethod.Post, path, body)).GetProperty(member).GetString()!;

    /// <summary>Calls the management API.</summary>
    /// <exception cref="InvalidOperationException">It refused; the message holds its answer.</exception>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Url, path));
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=test/20200101/us-east-1/apigateway/aws4_request, SignedHeaders=host, Signature=00");
        request.Content = body is null ? null : new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        return !response.IsSuccessStatusCode ? throw new InvalidOperationException($"{(int)response.StatusCode} {text}")
            : text.Length == 0 ? default
            : JsonDocument.Parse(text).RootElement;
    }

    public async Task<string> RefusedAsync(HttpMethod method, string path, object? body = null) =>
        (await Assert.ThrowsAsync<InvalidOperationException>(() => SendAsync(method, path, body))).Message;

    /// <summary>Calls an API at its default stage.</summary>
    public Task<(int Status, string Body, HttpResponseMessage Response)> CallAsync(string api, string path, params (string Name, string Value)[] headers) =>
        CallAsync(HttpMethod.Get, api, path, null, headers);

    public async Task<(int Status, string Body, HttpResponseMessage Response)> CallAsync(
        HttpMethod method, string api, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Url, $"/_aws/execute-api/{api}/$default{path}"));
        request.Content = body is null ? null : JsonContent.Create(body);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await _http.SendAsync(request, Cancel);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancel), response);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    private static Dictionary<string, object?> Merge(object first, object? second)
    {
        var merged = new Dictionary<string, object?>();
        foreach (var part in new[] { first, second })
        {
            foreach (var property in part?.GetType().GetProperties() ?? [])
            {
                merged[property.Name] = property.GetValue(part);
            }
        }

        return merged;
    }
}
