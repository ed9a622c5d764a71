using System.Diagnostics;
using System.Text.Json;
using Haneul.Acm;
using Haneul.ApiGateway.Rest;
using Haneul.Integration;
using Haneul.Kernel.Cloud;
using Haneul.Testing;
using Haneul.Testing.Clients;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Haneul.ApiGateway.Tests.Domains;

/// <summary>Custom domain names, managed with the AWS CLI and called by curl over TLS.</summary>
public sealed class DomainTests : IAsyncLifetime
{
    private const string FunctionArn = "arn:aws:lambda:us-east-1:000000000000:function:hello";

    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly FakeFunctions _functions = new();
    private HaneulServer _server = null!;
    private OfficialClients _aws = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await HaneulServer.StartAsync(
            time: _time, configure: services => services.AddSingleton<IFunctions>(_functions), modules: [new AcmModule(), new ApiGatewayV1Module(), new ApiGatewayV2Module()]);
        _aws = new OfficialClients(_server.Url);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_rest_api_is_served_below_a_base_path_with_the_domains_certificate()
    {
        var api = await MockApiAsync("REGIONAL");
        var certificate = await CertificateAsync("shop.example.com");
        var domain = await AwsAsync("create-domain-name", "--domain-name", "Shop.example.com", "--regional-certificate-arn", certificate,
            "--endpoint-configuration", "types=REGIONAL");
        Assert.Equal("shop.example.com", domain.GetProperty("domainName").GetString());
        Assert.Matches("^d-[a-z0-9]{10}[.]execute-api[.]us-east-1[.]amazonaws[.]com$", domain.GetProperty("regionalDomainName").GetString());
        Assert.Equal("AVAILABLE", domain.GetProperty("domainNameStatus").GetString());

        Assert.Equal("403", (await CurlAsync("shop.example.com", "/v1/things")).Status);
        var mapping = await AwsAsync("create-base-path-mapping", "--domain-name", "shop.example.com", "--base-path", "v1", "--rest-api-id", api, "--stage", "prod");
        Assert.Equal("v1", mapping.GetProperty("basePath").GetString());
        var (status, body, _) = await CurlAsync("shop.example.com", "/v1/things?x=1");
        Assert.Equal(("200", """{"path":"/v1/things","domain":"shop.example.com"}"""), (status, body));
        Assert.Equal("403", (await CurlAsync("shop.example.com", "/v2/things")).Status);
        Assert.Equal("403", (await CurlAsync("shop.example.com", "/v1x/things")).Status);

        // The API's own name can be closed; the domain stays open.
        await AwsAsync("update-rest-api", "--rest-api-id", api, "--patch-operations", "op=replace,path=/disableExecuteApiEndpoint,value=true");
        Assert.Equal("403", (await CurlAsync($"{api}.execute-api.us-east-1.amazonaws.com", "/prod/things")).Status);
        Assert.Equal("200", (await CurlAsync("shop.example.com", "/v1/things")).Status);

        // Without a stage the path goes on with it.
        await AwsAsync("update-base-path-mapping", "--domain-name", "shop.example.com", "--base-path", "v1", "--patch-operations", "op=replace,path=/stage,value=", "op=replace,path=/basePath,value=(none)");
        Assert.Equal("200", (await CurlAsync("shop.example.com", "/prod/things")).Status);
        var all = await AwsAsync("get-base-path-mappings", "--domain-name", "shop.example.com");
        Assert.Equal("(none)", Assert.Single(all.GetProperty("items").EnumerateArray()).GetProperty("basePath").GetString());

        Assert.Contains("ResourceInUseException", await _aws.AwsRefusedAsync(Cancel, "acm", "delete-certificate", "--certificate-arn", certificate), StringComparison.Ordinal);
        await AwsAsync("delete-domain-name", "--domain-name", "shop.example.com");
        await _aws.AwsAsync(Cancel, "acm", "delete-certificate", "--certificate-arn", certificate);
    }

    [Fact]
    public async Task An_http_api_is_served_below_a_key_of_several_levels_and_stars_stand_for_a_label()
    {
        _functions.Answer = """{"ok":true}""";
        var api = (await _aws.AwsAsync(Cancel, "apigatewayv2", "create-api", "--name", "h", "--protocol-type", "HTTP", "--target", FunctionArn)).GetProperty("ApiId").GetString()!;
        var certificate = await CertificateAsync("*.example.org");
        var domain = await _aws.AwsAsync(Cancel, "apigatewayv2", "create-domain-name", "--domain-name", "*.example.org",
            "--domain-name-configurations", $"CertificateArn={certificate},EndpointType=REGIONAL");
        Assert.Equal("$request.basepath", domain.GetProperty("ApiMappingSelectionExpression").GetString());
        var mapping = await _aws.AwsAsync(Cancel, "apigatewayv2", "create-api-mapping", "--domain-name", "*.example.org", "--api-id", api, "--stage", "$default", "--api-mapping-key", "orders/v2");
        Assert.Equal("200", (await CurlAsync("eu.example.org", "/orders/v2/7")).Status);
        var seen = _functions.Event;
        Assert.Equal("/orders/v2/7", seen.GetProperty("rawPath").GetString());
        Assert.Equal("eu.example.org", seen.GetProperty("requestContext").GetProperty("domainName").GetString());
        Assert.Equal("403", (await CurlAsync("eu.example.org", "/orders/v3/7")).Status);

        // One thing in both versions of the management API.
        var rest = await AwsAsync("get-base-path-mapping", "--domain-name", "*.example.org", "--base-path", "orders/v2");
        Assert.Equal(api, rest.GetProperty("restApiId").GetString());
        await _aws.AwsAsync(Cancel, "apigatewayv2", "update-api-mapping", "--domain-name", "*.example.org", "--api-id", api,
            "--api-mapping-id", mapping.GetProperty("ApiMappingId").GetString()!, "--api-mapping-key", "o");
        Assert.Equal("200", (await CurlAsync("eu.example.org", "/o/7")).Status);
        await _aws.AwsAsync(Cancel, "apigatewayv2", "delete-api-mapping", "--domain-name", "*.example.org", "--api-mapping-id", mapping.GetProperty("ApiMappingId").GetString()!);
        Assert.Equal("403", (await CurlAsync("eu.example.org", "/o/7")).Status);
    }

    [Fact]
    public async Task An_edge_optimized_api_is_reached_through_the_edge()
    {
        var api = await MockApiAsync("EDGE", "$input.params('CloudFront-Viewer-Country') $input.params('CloudFront-Is-Mobile-Viewer') $input.params('CloudFront-Forwarded-Proto')");
        var (status, body, headers) = await CurlAsync(
            $"{api}.execute-api.us-east-1.amazonaws.com", "/prod/things", "-H", "X-Haneul-Viewer-Country: KR", "-H", "CloudFront-Viewer-Country: XX", "-A", "a iPhone b");
        Assert.Equal(("200", "KR true https"), (status, body));
        Assert.Contains("x-cache: Miss from cloudfront", headers, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("x-amz-cf-pop: ICN54-C1", headers, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(".cloudfront.net (CloudFront)", headers, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("x-cache: Error from cloudfront", (await CurlAsync($"{api}.execute-api.us-east-1.amazonaws.com", "/prod/none")).Headers, StringComparison.OrdinalIgnoreCase);

        var certificate = await CertificateAsync("edge.example.com");
        var domain = await AwsAsync("create-domain-name", "--domain-name", "edge.example.com", "--certificate-arn", certificate);
        Assert.EndsWith(".cloudfront.net", domain.GetProperty("distributionDomainName").GetString(), StringComparison.Ordinal);
        await AwsAsync("create-base-path-mapping", "--domain-name", "edge.example.com", "--rest-api-id", api, "--stage", "prod");
        Assert.Contains("x-cache: Miss", (await CurlAsync("edge.example.com", "/things")).Headers, StringComparison.OrdinalIgnoreCase);

        // A regional API has no edge.
        var regional = await MockApiAsync("REGIONAL");
        Assert.DoesNotContain("cloudfront", (await CurlAsync($"{regional}.execute-api.us-east-1.amazonaws.com", "/prod/things")).Headers, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_private_api_is_not_reached_from_outside()
    {
        var api = await MockApiAsync("PRIVATE");
        Assert.Equal(("403", """{"message":"Forbidden"}"""), (await CurlAsync($"{api}.execute-api.us-east-1.amazonaws.com", "/prod/things")) is var answer ? (answer.Status, answer.Body) : default);
    }

    [Fact]
    public async Task What_cannot_be_a_domain_is_refused()
    {
        var certificate = await CertificateAsync("a.example.com");
        await RefusedAsync("not covered by the certificate", "create-domain-name", "--domain-name", "b.example.com", "--certificate-arn", certificate);
        await RefusedAsync("Domain name format is invalid", "create-domain-name", "--domain-name", "a_b", "--certificate-arn", certificate);
        await RefusedAsync("does not exist", "create-domain-name", "--domain-name", "a.example.com", "--certificate-arn", certificate[..^1] + "x");
        await RefusedAsync("Certificate must be in 'us-east-1'", "create-domain-name", "--domain-name", "a.example.com", "--certificate-arn",
            certificate.Replace("us-east-1", "eu-west-1", StringComparison.Ordinal));
        var fresh = (await _aws.AwsAsync(Cancel, "acm", "request-certificate", "--domain-name", "c.example.com")).GetProperty("CertificateArn").GetString()!;
        await RefusedAsync("not yet issued", "create-domain-name", "--domain-name", "c.example.com", "--certificate-arn", fresh);
        await RefusedAsync("does not support the security policy TLS_1_0", "create-domain-name", "--domain-name", "a.example.com", "--certificate-arn", certificate, "--security-policy", "TLS_1_0");
        await AwsAsync("create-domain-name", "--domain-name", "a.example.com", "--certificate-arn", certificate);
        await RefusedAsync("already exists", "create-domain-name", "--domain-name", "A.example.com", "--certificate-arn", certificate);
        await RefusedAsync("Invalid domain name identifier specified", "get-domain-name", "--domain-name", "z.example.com");
        await RefusedAsync("Invalid REST API identifier specified", "create-base-path-mapping", "--domain-name", "a.example.com", "--rest-api-id", "none");
    }

    private async Task RefusedAsync(string message, params string[] arguments) =>
        Assert.Contains(message, await _aws.AwsRefusedAsync(Cancel, ["apigateway", .. arguments]), StringComparison.Ordinal);

    private Task<JsonElement> AwsAsync(params string[] arguments) => _aws.AwsAsync(Cancel, ["apigateway", .. arguments]);

    private async Task<string> CertificateAsync(string name)
    {
        var arn = (await _aws.AwsAsync(Cancel, "acm", "request-certificate", "--domain-name", name)).GetProperty("CertificateArn").GetString()!;
        _time.Advance(TimeSpan.FromSeconds(3));
        return arn;
    }

    private async Task<string> MockApiAsync(string type, string template = """{"path":"$context.path","domain":"$context.domainName"}""")
    {
        const string Open = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"*"}]}""";
        string[] policy = type == "PRIVATE" ? ["--policy", Open] : [];
        var api = await AwsAsync(["create-rest-api", "--name", "shop", "--endpoint-configuration", "types=" + type, .. policy]);
        var id = api.GetProperty("id").GetString()!;
        var root = (await AwsAsync("get-resources", "--rest-api-id", id)).GetProperty("items")[0].GetProperty("id").GetString()!;
        var resource = (await AwsAsync("create-resource", "--rest-api-id", id, "--parent-id", root, "--path-part", "things")).GetProperty("id").GetString()!;
        string[] method = ["--rest-api-id", id, "--resource-id", resource, "--http-method", "GET"];
        await AwsAsync(["put-method", .. method, "--authorization-type", "NONE"]);
        await AwsAsync(["put-method-response", .. method, "--status-code", "200"]);
        await AwsAsync(["put-integration", .. method, "--type", "MOCK", "--request-templates", """{"application/json":"{\"statusCode\":200}"}"""]);
        await AwsAsync(["put-integration-response", .. method, "--status-code", "200", "--response-templates", JsonSerializer.Serialize(new Dictionary<string, string> { ["application/json"] = template })]);
        await AwsAsync("create-deployment", "--rest-api-id", id, "--stage-name", "prod");
        return id;
    }

    private async Task<(string Status, string Body, string Headers)> CurlAsync(string host, string path, params string[] arguments)
    {
        var authority = Path.Combine(_server.Services.GetRequiredService<CloudEnvironment>().DataDirectory, "ca.pem");
        var port = _server.Url.Port;
        string[] trust = File.Exists(authority) ? ["--cacert", authority] : ["--insecure"];
        using var curl = Process.Start(new ProcessStartInfo(
            "curl", ["-s", "-i", "--http1.1", "--connect-to", $"::127.0.0.1:{port}", .. trust, .. arguments, $"https://{host}:{port}{path}"]) { RedirectStandardOutput = true })!;
        var output = await curl.StandardOutput.ReadToEndAsync(Cancel);
        await curl.WaitForExitAsync(Cancel);
        Assert.Equal(0, curl.ExitCode);
        var end = output.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return (output.Split(' ')[1], output[(end + 4)..], output[..end]);
    }
}
