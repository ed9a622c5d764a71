using System.Text;
using System.Text.Json;
using Haneul.Integration;
using Haneul.Testing;
using Haneul.Testing.Clients;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Haneul.ApiGateway.Tests.Rest;

/// <summary>A cloud with REST APIs, spoken to in plain HTTP as the management API has it.</summary>
internal sealed class RestServer : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly HaneulServer _server;
    private readonly string _account;

    private RestServer(HaneulServer server, string account)
    {
        _server = server;
        _account = account;
    }

    public FakeTimeProvider Time { get; private init; } = null!;

    public Uri Url => _server.Url;

    public IServiceProvider Services => _server.Services;

    public OfficialClients Aws => new(_server.Url);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<RestServer> StartAsync()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var server = await HaneulServer.StartAsync(
            time: time, configure: services => services.AddSingleton<IFunctions>(new FakeFunctions()),
            modules: [new ApiGatewayV2Module(), new ApiGateway.Rest.ApiGatewayV1Module()]);
        return new RestServer(server, "test") { Time = time };
    }

    /// <summary>The same cloud as another account sees it.</summary>
    public RestServer As(string account) => new(_server, account) { Time = Time };

    public Task<JsonElement> GetAsync(string path) => SendAsync(HttpMethod.Get, path, body: null, 200);

    public Task<JsonElement> PostAsync(string path, string body, int status = 201) => SendAsync(HttpMethod.Post, path, body, status);

    public Task<JsonElement> PutAsync(string path, string body, int status = 201) => SendAsync(HttpMethod.Put, path, body, status);

    public Task<JsonElement> DeleteAsync(string path, int status = 202) => SendAsync(HttpMethod.Delete, path, body: null, status);

    /// <param name="path">The path.</param>
    /// <param name="operations">Each as <c>op path value</c>; a value of <c>-</c> is none; <c>from:/path</c> is where a copy comes from.</param>
    public Task<JsonElement> PatchAsync(string path, params string[] operations) => PatchAsync(path, 200, operations);

    public Task<JsonElement> PatchAsync(string path, int status, params string[] operations) =>
        SendAsync(HttpMethod.Patch, path, PatchBody(operations), status);

    /// <summary>The words of a refusal: status, code and message.</summary>
    public async Task<string> RefusedAsync(HttpMethod method, string path, string? body = null)
    {
        using var response = await SendAsync(method, path, body);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True((int)response.StatusCode >= 400, text);
        var code = response.Headers.TryGetValues("x-amzn-errortype", out var types) ? types.First().Split(':')[0] : "?";
        return $"{(int)response.StatusCode} {code}: {JsonDocument.Parse(text).RootElement.GetProperty("message").GetString()}";
    }

    public Task<string> PatchRefusedAsync(string path, params string[] operations) => RefusedAsync(HttpMethod.Patch, path, PatchBody(operations));

    public async Task<JsonElement> SendAsync(HttpMethod method, string path, string? body, int status)
    {
        using var response = await SendAsync(method, path, body);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True((int)response.StatusCode == status, $"{method} {path}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body, string? accept = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(_server.Url, path));
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential={_account}/20200101/us-east-1/apigateway/aws4_request, SignedHeaders=host, Signature=00");
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await _http.SendAsync(request, Cancel);
    }

    /// <summary>A new API: its id and its root resource.</summary>
    public async Task<(string Id, string Root)> ApiAsync(string name = "shop")
    {
        var api = await PostAsync("/restapis", $$"""{"name":"{{name}}"}""");
        return (api.GetProperty("id").GetString()!, api.GetProperty("rootResourceId").GetString()!);
    }

    /// <summary>A new API whose root answers GET by itself, and its first deployment.</summary>
    public async Task<(string Id, string Root, string Deployment)> DeployedApiAsync()
    {
        var (id, root) = await ApiAsync();
        await MockAsync(id, root, "GET");
        return (id, root, await DeployAsync(id));
    }

    public async Task MockAsync(string api, string resource, string method)
    {
        var path = $"/restapis/{api}/resources/{resource}/methods/{method}";
        await PutAsync(path, """{"authorizationType":"NONE"}""");
        await PutAsync(path + "/integration", """{"type":"MOCK","requestTemplates":{"application/json":"{\"statusCode\": 200}"}}""");
    }

    public async Task<string> DeployAsync(string api, string body = "{}") =>
        (await PostAsync($"/restapis/{api}/deployments", body)).GetProperty("id").GetString()!;

    public async Task<string> ResourceAsync(string api, string parent, string part) =>
        (await PostAsync($"/restapis/{api}/resources/{parent}", $$"""{"pathPart":"{{part}}"}""")).GetProperty("id").GetString()!;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    private static string PatchBody(string[] operations)
    {
        var list = operations.Select(static operation =>
        {
            var parts = operation.Split(' ', 3);
            var fields = new Dictionary<string, string> { ["op"] = parts[0] };
            if (parts[1] != "-")
            {
                fields["path"] = parts[1];
            }

            if (parts.Length > 2 && parts[2].StartsWith("from:", StringComparison.Ordinal))
            {
                fields["from"] = parts[2][5..];
            }
            else if (parts.Length > 2 && parts[2] != "-")
            {
                fields["value"] = parts[2];
            }

            return fields;
        });
        return $$"""{"patchOperations":{{JsonSerializer.Serialize(list)}}}""";
    }
}
