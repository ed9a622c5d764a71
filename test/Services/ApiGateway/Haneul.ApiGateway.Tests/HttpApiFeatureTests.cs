using System.Text.Json;
using Haneul.Integration.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.ApiGateway.Tests;

/// <summary>Integrations with endpoints, parameter mapping, throttles, logs and metrics of HTTP APIs.</summary>
public sealed class HttpApiFeatureTests : IAsyncLifetime
{
    private readonly Endpoint _endpoint = new();
    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _endpoint.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task An_endpoint_gets_the_request_and_its_answer_comes_back()
    {
        var api = await _server.CreateAsync("ANY /shop/{proxy+}", Proxy("/base/{proxy}"));
        _endpoint.Status = 201;
        var answer = await _server.CallAsync(HttpMethod.Put, api, "/shop/a%20b/c?x=1&x=2", new { a = 1 }, ("X-Mine", "v"), ("Connection", "x-mine"));
        Assert.Equal((201, """{"from":"endpoint"}"""), (answer.Status, answer.Body));
        Assert.Equal("endpoint", answer.Response.Headers.GetValues("x-from").Single());
        Assert.Equal(("PUT", "/base/a%20b/c?x=1&x=2", """{"a":1}"""), (_endpoint.Last.Method, _endpoint.Last.Target, _endpoint.Last.Body));
        Assert.Equal("v", _endpoint.Last.Headers["X-Mine"]);
        Assert.Contains("host=127.0.0.1", _endpoint.Last.Headers["Forwarded"], StringComparison.Ordinal);

        Assert.Equal(400, (await _server.CallAsync(api, "/shop/x/..%2f..%2fadmin")).Status);
        Assert.Single(_endpoint.Requests);
        _endpoint.Dispose();
        var away = await _server.CallAsync(api, "/shop/a");
        Assert.Equal((503, """{"message":"Service Unavailable"}"""), (away.Status, away.Body));
    }

    [Fact]
    public async Task Parameters_are_mapped_both_ways()
    {
        var api = await _server.CreateAsync("POST /items/{id}", new
        {
            integrationType = "HTTP_PROXY", integrationUri = _endpoint.Url + "/old", integrationMethod = "POST", payloadFormatVersion = "1.0",
            requestParameters = new Dictionary<string, string>
            {
                ["append:header.x-id"] = "$request.path.id", ["overwrite:header.x-both"] = "${request.querystring.q}-${context.stage}-${stageVariables.v}",
                ["remove:header.x-secret"] = "''", ["append:querystring.name"] = "$request.body.user.names[1]", ["remove:querystring.q"] = "''",
                ["overwrite:path"] = "/new/${request.path.id}", ["append:header.x-none"] = "$request.header.absent",
            },
            responseParameters = new Dictionary<string, object>
            {
                ["200"] = new Dictionary<string, string>
                {
                    ["overwrite:statuscode"] = "202", ["append:header.x-out"] = "$response.body.from", ["remove:header.x-from"] = "''",
                    ["append:header.x-route"] = "$context.routeKey",
                },
            },
        }, stage: new { stageVariables = new { v = "blue" } });
        var answer = await _server.CallAsync(
            HttpMethod.Post, api, "/items/7?q=1", new { user = new { names = new[] { "a", "b c" } } }, ("x-secret", "s"), ("x-both", "old"));
        Assert.Equal("/new/7?name=b%20c", _endpoint.Last.Target);
        Assert.Equal(("7", "1-$default-blue", null, null), (
            _endpoint.Last.Headers["x-id"], _endpoint.Last.Headers["x-both"], _endpoint.Last.Headers["x-secret"], _endpoint.Last.Headers["x-none"]));
        Assert.Equal(202, answer.Status);
        Assert.Equal("endpoint", answer.Response.Headers.GetValues("x-out").Single());
        Assert.Equal("POST /items/{id}", answer.Response.Headers.GetValues("x-route").Single());
        Assert.False(answer.Response.Headers.Contains("x-from"));
    }

    [Fact]
    public async Task Functions_get_mapped_requests_too()
    {
        var api = await _server.CreateAsync("GET /a", new
        {
            integrationType = "AWS_PROXY", integrationUri = ApiServer.FunctionUri, payloadFormatVersion = "2.0",
            requestParameters = new Dictionary<string, string> { ["append:header.x-a"] = "static", ["overwrite:querystring.q"] = "new" },
        });
        await _server.CallAsync(api, "/a?q=old");
        Assert.Equal("static", _server.Functions.Event.GetProperty("headers").GetProperty("x-a").GetString());
        Assert.Equal("q=new", _server.Functions.Event.GetProperty("rawQueryString").GetString());
    }

    [Fact]
    public async Task Routes_are_throttled_by_their_own_limits()
    {
        var api = await _server.CreateAsync("GET /a", ApiServer.Lambda());
        await _server.AddRouteAsync(api, "GET /b", ApiServer.Lambda());
        await _server.SendAsync(HttpMethod.Patch, $"/v2/apis/{api}/stages/$default", new
        {
            defaultRouteSettings = new { throttlingRateLimit = 100.0, throttlingBurstLimit = 100 },
            routeSettings = new Dictionary<string, object> { ["GET /a"] = new { throttlingRateLimit = 1.0, throttlingBurstLimit = 2 } },
        });
        Assert.Equal(200, (await _server.CallAsync(api, "/a")).Status);
        Assert.Equal(200, (await _server.CallAsync(api, "/a")).Status);
        var limited = await _server.CallAsync(api, "/a");
        Assert.Equal((429, """{"message":"Too Many Requests"}"""), (limited.Status, limited.Body));
        Assert.Equal(200, (await _server.CallAsync(api, "/b")).Status);
        _server.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await _server.CallAsync(api, "/a")).Status);
        Assert.Equal(429, (await _server.CallAsync(api, "/a")).Status);
        await _server.SendAsync(HttpMethod.Delete, $"/v2/apis/{api}/stages/$default/routesettings/GET%20%2Fa");
        Assert.Equal(200, (await _server.CallAsync(api, "/a")).Status);
        Assert.Empty((await _server.SendAsync(HttpMethod.Get, $"/v2/apis/{api}/stages/$default")).GetProperty("routeSettings").EnumerateObject());
    }

    [Fact]
    public async Task Access_logs_say_what_happened_and_cannot_be_forged()
    {
        var api = await _server.CreateAsync("GET /a", ApiServer.Lambda(), stage: new
        {
            accessLogSettings = new
            {
                destinationArn = "arn:aws:logs:us-east-1:000000000000:log-group:/apis/one",
                format = """{"id":"$context.requestId","ip":"$context.identity.sourceIp","s":$context.status,"agent":"$context.identity.userAgent","err":"$context.error.message","route":"$context.routeKey.","no":"$context.no.such","l":$context.responseLength}""",
            },
        });
        var answer = await _server.CallAsync(api, "/a", ("User-Agent", "x\",\"forged\":\"1"));
        var (group, stream, line) = await _server.Logs.NextAsync();
        Assert.Equal(("/apis/one", $"{api}/default"), (group, stream));
        var json = JsonDocument.Parse(line).RootElement;
        Assert.Equal(answer.Response.Headers.GetValues("apigw-requestid").Single(), json.GetProperty("id").GetString());
        Assert.Equal(("127.0.0.1", 200, "x\",\"forged\":\"1", "-", "GET /a.", "-", 2), (
            json.GetProperty("ip").GetString(), json.GetProperty("s").GetInt32(), json.GetProperty("agent").GetString(), json.GetProperty("err").GetString(),
            json.GetProperty("route").GetString(), json.GetProperty("no").GetString(), json.GetProperty("l").GetInt32()));
        await _server.CallAsync(api, "/nowhere");
        Assert.Contains("\"err\":\"Not Found\"", (await _server.Logs.NextAsync()).Line, StringComparison.Ordinal);
        await _server.SendAsync(HttpMethod.Delete, $"/v2/apis/{api}/stages/$default/accesslogsettings");
        Assert.False((await _server.SendAsync(HttpMethod.Get, $"/v2/apis/{api}/stages/$default")).TryGetProperty("accessLogSettings", out _));
    }

    [Fact]
    public async Task Metrics_are_reported_by_api_and_stage_and_by_route_where_wanted()
    {
        var api = await _server.CreateAsync("GET /a/{b}", ApiServer.Lambda(), stage: new { defaultRouteSettings = new { detailedMetricsEnabled = true } });
        await _server.CallAsync(api, "/a/1");
        await _server.CallAsync(api, "/a/2");
        await _server.CallAsync(api, "/nowhere");
        await _server.Services.GetRequiredService<MetricReporter>().ReportAsync(TestContext.Current.CancellationToken);
        var sums = _server.Metrics.Reported.ToDictionary(series => series.Series, series => series.Sum);
        Assert.Equal(3, sums[$"AWS/ApiGateway Count ApiId={api}"]);
        Assert.Equal(1, sums[$"AWS/ApiGateway 4xx ApiId={api},Stage=$default"]);
        Assert.Equal(2, sums[$"AWS/ApiGateway Count ApiId={api},Stage=$default,Method=GET,Resource=/a/{{b}}"]);
        Assert.Equal(0, sums[$"AWS/ApiGateway 5xx ApiId={api}"]);
        Assert.Contains($"AWS/ApiGateway IntegrationLatency ApiId={api}", sums.Keys);
        Assert.True(sums[$"AWS/ApiGateway DataProcessed ApiId={api}"] > 0);
    }

    [Fact]
    public async Task A_quick_api_may_lead_to_an_endpoint_and_deployments_are_described()
    {
        var api = await _server.PostIdAsync("/v2/apis", new { name = "q", protocolType = "HTTP", target = _endpoint.Url + "/quick" }, "apiId");
        Assert.Equal(200, (await _server.CallAsync(api, "/x")).Status);
        Assert.Equal("/quick", _endpoint.Last.Target);
        var deployment = await _server.PostIdAsync($"/v2/apis/{api}/deployments", new { description = "one" }, "deploymentId");
        var changed = await _server.SendAsync(HttpMethod.Patch, $"/v2/apis/{api}/deployments/{deployment}", new { description = "two" });
        Assert.Equal("two", changed.GetProperty("description").GetString());
    }

    private object Proxy(string path) =>
        new { integrationType = "HTTP_PROXY", integrationUri = _endpoint.Url + path, integrationMethod = "ANY", payloadFormatVersion = "1.0" };
}
