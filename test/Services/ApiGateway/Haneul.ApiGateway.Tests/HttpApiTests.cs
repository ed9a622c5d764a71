using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Haneul.Integration;
using Haneul.Kernel.Errors;
using Haneul.Testing;
using Haneul.Testing.Clients;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Haneul.ApiGateway.Tests;

public sealed class HttpApiTests : IAsyncLifetime
{
    private const string FunctionArn = "arn:aws:lambda:us-east-1:000000000000:function:hello";

    private readonly FakeFunctions _functions = new();
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
    private HaneulServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await HaneulServer.StartAsync(
        time: _time, configure: services => services.AddSingleton<IFunctions>(_functions), modules: new ApiGatewayV2Module());

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_aws_cli_builds_an_api_and_a_request_reaches_the_function()
    {
        var aws = new OfficialClients(_server.Url);
        var api = (await aws.AwsAsync(Cancel, "apigatewayv2", "create-api", "--name", "shop", "--protocol-type", "HTTP")).GetProperty("ApiId").GetString()!;
        var integration = (await aws.AwsAsync(
            Cancel, "apigatewayv2", "create-integration", "--api-id", api, "--integration-type", "AWS_PROXY", "--integration-uri", FunctionArn,
            "--payload-format-version", "2.0")).GetProperty("IntegrationId").GetString();
        await aws.AwsAsync(Cancel, "apigatewayv2", "create-route", "--api-id", api, "--route-key", "GET /items/{id}", "--target", $"integrations/{integration}");
        await aws.AwsAsync(Cancel, "apigatewayv2", "create-stage", "--api-id", api, "--stage-name", "$default", "--auto-deploy");

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_server.Url, $"/_aws/execute-api/{api}/$default/items/a%20b?x=1&x=2&y=%26"));
        request.Headers.Add("Cookie", "one=1; two=2");
        request.Headers.Add("X-Custom", "v");
        using var response = await _http.SendAsync(request, Cancel);
        Assert.Equal("ok", await response.Content.ReadAsStringAsync(Cancel));

        var e = _functions.Event;
        Assert.Equal(FunctionArn, _functions.Function);
        Assert.Equal("2.0", e.GetProperty("version").GetString());
        Assert.Equal("GET /items/{id}", e.GetProperty("routeKey").GetString());
        Assert.Equal("/items/a b", e.GetProperty("rawPath").GetString());
        Assert.Equal("x=1&x=2&y=%26", e.GetProperty("rawQueryString").GetString());
        Assert.Equal("1,2", e.GetProperty("queryStringParameters").GetProperty("x").GetString());
        Assert.Equal("a b", e.GetProperty("pathParameters").GetProperty("id").GetString());
        Assert.Equal(["one=1", "two=2"], e.GetProperty("cookies").EnumerateArray().Select(cookie => cookie.GetString()));
        Assert.Equal("v", e.GetProperty("headers").GetProperty("x-custom").GetString());
        Assert.Equal("GET", e.GetProperty("requestContext").GetProperty("http").GetProperty("method").GetString());
        Assert.False(e.TryGetProperty("body", out _));
        Assert.Equal("apigateway.amazonaws.com", _functions.Origin!.Principal.Arn);
        Assert.Equal($"arn:aws:execute-api:us-east-1:000000000000:{api}/$default/GET/items/{{id}}", _functions.Origin.SourceArn);

        Assert.Contains(
            "Route with key GET /items/{id} already exists",
            await aws.AwsRefusedAsync(Cancel, "apigatewayv2", "create-route", "--api-id", api, "--route-key", "GET /items/{id}"), StringComparison.Ordinal);
        await aws.AwsAsync(Cancel, "apigatewayv2", "delete-api", "--api-id", api);
        using var gone = await _http.GetAsync(new Uri(_server.Url, $"/_aws/execute-api/{api}/$default/items/1"), Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, gone.StatusCode);
    }

    [Fact]
    public async Task The_host_name_names_the_api_and_its_first_part_may_name_the_stage()
    {
        var api = await QuickCreateAsync();
        await PostAsync($"/v2/apis/{api}/stages", """{"stageName":"dev","autoDeploy":true,"stageVariables":{"v":"1"}}""");
        using var byDefault = await GetAsync(api, "/a/b");
        Assert.Equal("/a/b", _functions.Event.GetProperty("rawPath").GetString());
        using var byStage = await GetAsync(api, "/dev/a/b");
        Assert.Equal("/dev/a/b", _functions.Event.GetProperty("rawPath").GetString());
        Assert.Equal("dev", _functions.Event.GetProperty("requestContext").GetProperty("stage").GetString());
        Assert.Equal("1", _functions.Event.GetProperty("stageVariables").GetProperty("v").GetString());
        Assert.Equal(HttpStatusCode.OK, byStage.StatusCode);
        Assert.True(byStage.Headers.Contains("apigw-requestid"));
    }

    [Fact]
    public async Task Format_one_has_lists_of_values_and_the_route_as_resource()
    {
        var api = await CreateAsync("1.0", "POST /items/{id}");
        using var response = await _http.PostAsync(new Uri(_server.Url, $"/_aws/execute-api/{api}/$default/items/7?x=1&x=2"), JsonContent.Create(new { a = 1 }), Cancel);
        var e = _functions.Event;
        Assert.Equal("1.0", e.GetProperty("version").GetString());
        Assert.Equal("/items/{id}", e.GetProperty("resource").GetString());
        Assert.Equal("2", e.GetProperty("queryStringParameters").GetProperty("x").GetString());
        Assert.Equal(2, e.GetProperty("multiValueQueryStringParameters").GetProperty("x").GetArrayLength());
        Assert.Equal("""{"a":1}""", e.GetProperty("body").GetString());
        Assert.False(e.GetProperty("isBase64Encoded").GetBoolean());
    }

    [Fact]
    public async Task Bytes_that_are_no_text_travel_in_base64()
    {
        var api = await QuickCreateAsync();
        using var content = new ByteArrayContent([0, 255, 1]);
        content.Headers.ContentType = new("application/octet-stream");
        using var response = await _http.PostAsync(new Uri(_server.Url, $"/_aws/execute-api/{api}/$default/up"), content, Cancel);
        Assert.Equal("AP8B", _functions.Event.GetProperty("body").GetString());
        Assert.True(_functions.Event.GetProperty("isBase64Encoded").GetBoolean());
    }

    [Fact]
    public async Task A_stage_that_does_not_deploy_by_itself_serves_what_was_deployed()
    {
        var api = await CreateAsync("2.0", "GET /a");
        await PostAsync($"/v2/apis/{api}/stages", """{"stageName":"prod"}""");
        await PostAsync($"/v2/apis/{api}/deployments", """{"stageName":"prod"}""");
        await PostAsync($"/v2/apis/{api}/routes", """{"routeKey":"GET /b"}""");
        using var old = await GetAsync(api, "/prod/a");
        Assert.Equal(HttpStatusCode.OK, old.StatusCode);
        using var missing = await GetAsync(api, "/prod/b");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal("""{"message":"Not Found"}""", await missing.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Failures_of_the_function_are_the_apis_own()
    {
        var api = await QuickCreateAsync();
        _functions.FunctionError = "Unhandled";
        await ExpectAsync(api, 500, "Internal Server Error");
        _functions.FunctionError = null;
        _functions.Answer = """{"statusCode":"x"}""";
        await ExpectAsync(api, 500, "Internal Server Error");
        _functions.Error = new ErrorShape("AccessDeniedException", 403).With("no");
        await ExpectAsync(api, 500, "Internal Server Error");
        _functions.Error = new ErrorShape("TooManyRequestsException", 429).With("no");
        await ExpectAsync(api, 503, "Service Unavailable");
    }

    [Fact]
    public async Task A_function_that_takes_too_long_is_given_up()
    {
        var api = await QuickCreateAsync();
        _functions.Hangs = true;
        var pending = GetAsync(api, "/slow");
        await _functions.Called.Task.WaitAsync(Cancel);
        _time.Advance(TimeSpan.FromSeconds(31));
        using var response = await pending;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    [Fact]
    public async Task A_body_over_ten_megabytes_is_refused()
    {
        var api = await QuickCreateAsync();
        using var content = new ByteArrayContent(new byte[(10 * 1024 * 1024) + 1]);
        using var response = await _http.PostAsync(new Uri(_server.Url, $"/_aws/execute-api/{api}/$default/up"), content, Cancel);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Cors_is_answered_by_the_api()
    {
        var api = (await PostAsync("/v2/apis", $$"""
            {"name":"c","protocolType":"HTTP","target":"{{FunctionArn}}","corsConfiguration":{"allowOrigins":["https://app.example"],
            "allowMethods":["GET","POST"],"allowHeaders":["x-a"],"maxAge":60,"allowCredentials":true} }
            """)).GetProperty("apiId").GetString()!;
        using var preflight = Request(HttpMethod.Options, api, "/x", "https://app.example");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        using var allowed = await _http.SendAsync(preflight, Cancel);
        Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
        Assert.Equal("https://app.example", allowed.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("GET,POST", allowed.Headers.GetValues("Access-Control-Allow-Methods").Single());
        Assert.Equal("60", allowed.Headers.GetValues("Access-Control-Max-Age").Single());
        _functions.Answer = """{"statusCode":200,"headers":{"Access-Control-Allow-Origin":"*"},"body":"x"}""";
        using var get = Request(HttpMethod.Get, api, "/x", "https://app.example");
        using var answer = await _http.SendAsync(get, Cancel);
        Assert.Equal("https://app.example", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        using var foreign = Request(HttpMethod.Options, api, "/x", "https://evil.example");
        foreign.Headers.Add("Access-Control-Request-Method", "POST");
        using var refused = await _http.SendAsync(foreign, Cancel);
        Assert.False(refused.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Another_account_does_not_see_the_api()
    {
        var api = await QuickCreateAsync();
        Assert.Contains(
            "Invalid API identifier specified 111111111111:",
            await new OfficialClients(_server.Url, "111111111111").AwsRefusedAsync(Cancel, "apigatewayv2", "get-api", "--api-id", api), StringComparison.Ordinal);
        using var mine = await SendAsync(HttpMethod.Get, "/v2/apis", body: null);
        Assert.Contains(api, await mine.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_come_in_pages()
    {
        var api = await CreateAsync("2.0", "GET /a");
        await PostAsync($"/v2/apis/{api}/routes", """{"routeKey":"GET /b"}""");
        using var first = await SendAsync(HttpMethod.Get, $"/v2/apis/{api}/routes?maxResults=1", body: null);
        var page = JsonDocument.Parse(await first.Content.ReadAsStringAsync(Cancel)).RootElement;
        var token = page.GetProperty("nextToken").GetString();
        using var second = await SendAsync(HttpMethod.Get, $"/v2/apis/{api}/routes?maxResults=1&nextToken={token}", body: null);
        var rest = JsonDocument.Parse(await second.Content.ReadAsStringAsync(Cancel)).RootElement;
        Assert.False(rest.TryGetProperty("nextToken", out _));
        Assert.NotEqual(page.GetProperty("items")[0].GetProperty("routeId").GetString(), rest.GetProperty("items")[0].GetProperty("routeId").GetString());
    }

    [Theory]
    [InlineData("/v2/apis/API/routes", """{"routeKey":"nonsense"}""", 400, "The provided route key is not formatted properly for HTTP protocol. Format should be \"<HTTP METHOD> /<RESOURCE PATH>\" or \"$default\"")]
    [InlineData("/v2/apis/API/routes", """{"routeKey":"GET /z","authorizationType":"JWT"}""", 400, "Authorizer ID must be set with authorization type JWT.")]
    [InlineData("/v2/apis/API/integrations", """{"integrationType":"HTTP_PROXY","integrationUri":"http://x"}""", 400, "IntegrationMethod must be a valid HTTP method or ANY.")]
    [InlineData("/v2/apis/API/integrations", """{"integrationType":"HTTP_PROXY","integrationUri":"ftp://x","integrationMethod":"GET"}""", 400, "Invalid HTTP endpoint specified for URI")]
    [InlineData("/v2/apis/API/integrations", """{"integrationType":"MOCK"}""", 400, "Integration type MOCK is not supported on protocol type HTTP")]
    [InlineData("/v2/apis/API/integrations", """{"integrationType":"HTTP_PROXY","connectionType":"VPC_LINK","connectionId":"v"}""", 400, "Haneul does not support connectionType VPC_LINK of integrations yet.")]
    [InlineData("/v2/apis/API/integrations", """{"integrationType":"AWS_PROXY","integrationSubtype":"SQS-SendMessage"}""", 400, "Haneul does not support integrationSubtype SQS-SendMessage of integrations yet.")]
    [InlineData("/v2/apis/API/integrations", """{"integrationType":"HTTP_PROXY","integrationUri":"http://x","integrationMethod":"GET","requestParameters":{"append:header.x-amz-a":"1"}}""", 400, "Operations on header x-amz-a are restricted")]
    [InlineData("/v2/apis/API/integrations", """{"integrationType":"HTTP_PROXY","integrationUri":"http://x","integrationMethod":"GET","requestParameters":{"append:header.a":"$nothing"}}""", 400, "Invalid mapping expression specified: $nothing")]
    [InlineData("/v2/apis/API/stages", """{"stageName":"$default"}""", 409, "Stage already exists")]
    [InlineData("/v2/apis/API/stages", """{"stageName":"a b"}""", 400, "Stage name only allows a-zA-Z0-9_- or $default")]
    [InlineData("/v2/apis/API/stages", """{"stageName":"x","defaultRouteSettings":{"loggingLevel":"INFO"}}""", 400, "Execution logs are not supported on protocol type HTTP")]
    [InlineData("/v2/apis/API/stages", """{"stageName":"x","routeSettings":{"GET /no":{"throttlingRateLimit":1}}}""", 404, "Unable to find Route by key GET /no within the provided RouteSettings")]
    [InlineData("/v2/apis/API/stages", """{"stageName":"x","accessLogSettings":{"destinationArn":"arn:aws:logs:us-east-1:000000000000:log-group:g","format":"x"}}""", 400, "Access log format must contain at least one of $context.requestId or $context.extendedRequestId.")]
    [InlineData("/v2/apis/API/authorizers", """{"name":"a","authorizerType":"REQUEST","identitySource":[],"authorizerUri":"arn:aws:lambda:us-east-1:000000000000:function:f"}""", 400, "Invalid Authorizer URI. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.")]
    [InlineData("/v2/apis/API/authorizers", """{"name":"a","authorizerType":"JWT","identitySource":["$request.header.a"],"jwtConfiguration":{"issuer":"http://127.0.0.1:1","audience":["a"]}}""", 400, "Caught exception when connecting to http://127.0.0.1:1/.well-known/openid-configuration for issuer http://127.0.0.1:1. Please try again later. Error: Invalid issuer: http://127.0.0.1:1. Issuer must have a valid discovery endpoint ended with '/.well-known/openid-configuration'")]
    [InlineData("/v2/apis/nope/routes", """{"routeKey":"GET /z"}""", 404, "Invalid API identifier specified 000000000000:nope")]
    public async Task What_cannot_be_is_refused_by_name(string path, string body, int status, string message)
    {
        var api = await QuickCreateAsync();
        using var response = await SendAsync(HttpMethod.Post, path.Replace("API", api, StringComparison.Ordinal), body);
        Assert.Equal(status, (int)response.StatusCode);
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement;
        Assert.Equal(message, error.GetProperty("Message").GetString());
    }

    private async Task<string> QuickCreateAsync() =>
        (await PostAsync("/v2/apis", $$"""{"name":"n","protocolType":"HTTP","target":"{{FunctionArn}}"}""")).GetProperty("apiId").GetString()!;

    private async Task<string> CreateAsync(string format, string routeKey)
    {
        var api = (await PostAsync("/v2/apis", """{"name":"n","protocolType":"HTTP"}""")).GetProperty("apiId").GetString()!;
        var integration = await PostAsync(
            $"/v2/apis/{api}/integrations",
            $$"""{"integrationType":"AWS_PROXY","integrationUri":"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{{FunctionArn}}/invocations","payloadFormatVersion":"{{format}}"}""");
        await PostAsync($"/v2/apis/{api}/routes", $$"""{"routeKey":"{{routeKey}}","target":"integrations/{{integration.GetProperty("integrationId").GetString()}}"}""");
        await PostAsync($"/v2/apis/{api}/stages", """{"stageName":"$default","autoDeploy":true}""");
        return api;
    }

    private async Task ExpectAsync(string api, int status, string message)
    {
        using var response = await GetAsync(api, "/x");
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal($"{{\"message\":\"{message}\"}}", await response.Content.ReadAsStringAsync(Cancel));
    }

    private async Task<HttpResponseMessage> GetAsync(string api, string path)
    {
        using var request = Request(HttpMethod.Get, api, path, origin: null);
        return await _http.SendAsync(request, Cancel);
    }

    private HttpRequestMessage Request(HttpMethod method, string api, string path, string? origin)
    {
        var request = new HttpRequestMessage(method, new Uri(_server.Url, path));
        request.Headers.Host = $"{api}.execute-api.localhost:{_server.Url.Port}";
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return request;
    }

    private async Task<JsonElement> PostAsync(string path, string body)
    {
        using var response = await SendAsync(HttpMethod.Post, path, body);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.StatusCode == HttpStatusCode.Created, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(_server.Url, path));
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=test/20200101/us-east-1/apigateway/aws4_request, SignedHeaders=host, Signature=00");
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await _http.SendAsync(request, Cancel);
    }
}
