using System.Text;
using System.Text.Json;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest;
using Haneul.Integration;
using Haneul.Storage;
using Haneul.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Haneul.ApiGateway.Tests.Rest;

/// <summary>A cloud that serves one REST API, whose parts a test writes down as they are stored.</summary>
public abstract class RestFixture : IAsyncLifetime
{
    protected const string ApiId = "abcdef1234";
    protected const string FunctionArn = "arn:aws:lambda:us-east-1:000000000000:function:hello";
    protected const string FunctionUri = $"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{FunctionArn}/invocations";

    private int _deployments;

    private protected FakeFunctions Functions { get; } = new();

    private protected FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    protected HttpClient Http { get; } = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });

    protected HaneulServer Server { get; private set; } = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync() => Server = await HaneulServer.StartAsync(
        time: Time, configure: Configure, modules: [new ApiGatewayV2Module(), new ApiGatewayV1Module()]);

    public virtual async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual void Configure(IServiceCollection services) => services.AddSingleton<IFunctions>(Functions);

    private protected static Resource At(string path, params (string Method, Method Definition)[] methods) => new()
    {
        Id = "r" + path.GetHashCode(StringComparison.Ordinal).ToString("x8", System.Globalization.CultureInfo.InvariantCulture),
        Path = path,
        PathPart = path.Split('/')[^1],
        ResourceMethods = methods.ToDictionary(method => method.Method, method => method.Definition),
    };

    private protected static Method Method(RestIntegration integration, string name = "GET", Action<Dictionary<string, bool>>? parameters = null)
    {
        var required = new Dictionary<string, bool>();
        parameters?.Invoke(required);
        return new Method { HttpMethod = name, AuthorizationType = "NONE", MethodIntegration = integration, RequestParameters = required };
    }

    private protected static RestIntegration Mock(string template = """{"statusCode": 200}""", params IntegrationResponse[] responses) => new()
    {
        Type = "MOCK",
        RequestTemplates = new Dictionary<string, string> { ["application/json"] = template },
        IntegrationResponses = Responses(responses.Length == 0 ? [new IntegrationResponse { StatusCode = "200" }] : responses),
    };

    private protected static Dictionary<string, IntegrationResponse> Responses(params IEnumerable<IntegrationResponse> responses) =>
        responses.ToDictionary(response => response.StatusCode!);

    private protected static RestIntegration Proxy() => new() { Type = "AWS_PROXY", HttpMethod = "POST", Uri = FunctionUri };

    /// <summary>Writes the API, a deployment of it, and a stage that serves it.</summary>
    private protected async Task DeployAsync(
        IReadOnlyList<Resource> resources,
        RestApi? api = null,
        Stage? stage = null,
        IReadOnlyList<GatewayResponse>? responses = null,
        IReadOnlyList<Model>? models = null,
        IReadOnlyList<RequestValidator>? validators = null,
        IReadOnlyList<Authorizer>? authorizers = null)
    {
        var id = "dep" + ++_deployments;
        api ??= new RestApi { Id = ApiId, Name = "test" };
        var partition = Server.Services.GetRequiredService<IStore>().Partition(ApiGatewayKeyspace.Partition);
        var snapshot = new RestSnapshot(api, resources, models ?? [], validators ?? [], authorizers ?? [], responses ?? []);
        var batch = new Batch();
        batch.Put(
            ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestApis, ApiId),
            StoredJson.Encode(new RestApiRecord("000000000000", "us-east-1", api), RestRecords.Default.RestApiRecord));
        batch.Put(
            ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestDeployments, ApiId, id),
            StoredJson.Encode(new RestDeployment(new Deployment { Id = id }, snapshot), RestRecords.Default.RestDeployment));
        batch.Put(
            ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestStages, ApiId, stage?.StageName ?? "dev"),
            StoredJson.Encode(With(stage, id), RestRecords.Default.Stage));
        await partition.CommitAsync(batch);
    }

    /// <summary>Writes a resource as it is being edited.</summary>
    private protected Task StoreAsync(Resource resource) => StoreAsync(
        ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestResources, ApiId, resource.Id), StoredJson.Encode(resource, RestRecords.Default.Resource));

    /// <summary>Writes an authorizer as it is being edited.</summary>
    private protected Task StoreAsync(Authorizer authorizer) => StoreAsync(
        ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestAuthorizers, ApiId, authorizer.Id), StoredJson.Encode(authorizer, RestRecords.Default.Authorizer));

    protected Uri Url(string path) => new(Server.Url, $"/_aws/execute-api/{ApiId}/dev{path}");

    protected Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(Url(path), Cancel);

    protected async Task ExpectAsync(int status, string body, string path)
    {
        using var response = await GetAsync(path);
        Assert.Equal((status, body), ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancel)));
    }

    protected static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement;

    protected static StringContent Text(string body, string type = "application/json") => new(body, Encoding.UTF8, type);

    private protected async Task StoreAsync(byte[] key, byte[] value)
    {
        var partition = Server.Services.GetRequiredService<IStore>().Partition(ApiGatewayKeyspace.Partition);
        var batch = new Batch();
        batch.Put(key, value);
        await partition.CommitAsync(batch);
    }

    private static Stage With(Stage? stage, string deployment) => new()
    {
        StageName = stage?.StageName ?? "dev",
        DeploymentId = stage?.DeploymentId ?? deployment,
        Variables = stage?.Variables,
        MethodSettings = stage?.MethodSettings,
        CacheClusterEnabled = stage?.CacheClusterEnabled,
        CacheClusterSize = stage?.CacheClusterSize,
        CanarySettings = stage?.CanarySettings,
        AccessLogSettings = stage?.AccessLogSettings,
        ClientCertificateId = stage?.ClientCertificateId,
        TracingEnabled = stage?.TracingEnabled,
    };
}
