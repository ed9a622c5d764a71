using System.Net;
using System.Text;

namespace Haneul.Lambda.Tests;

/// <summary>Functions at URLs of their own.</summary>
public sealed class UrlTests : IAsyncLifetime
{
    private readonly HttpClient _client = new();
    private LambdaCloud _cloud = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Machine.Needs.Sandboxes();
        _cloud = await LambdaCloud.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_cloud is not null)
        {
            await _cloud.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_request_becomes_an_event_and_the_result_a_response()
    {
        var url = await CreateAsync("""
            def handler(event, context):
                http = event["requestContext"]["http"]
                seen = [event["version"], http["method"], event["rawPath"], event["rawQueryString"], event.get("queryStringParameters"), event.get("cookies"), event.get("body"), event["isBase64Encoded"], event["headers"].get("x-mine")]
                import json
                return {"statusCode": 201, "headers": {"content-type": "text/plain", "x-made": "yes"}, "cookies": ["a=b"], "body": json.dumps(seen)}
            """);
        using var request = new HttpRequestMessage(HttpMethod.Post, url + "path/to%20it?q=1&q=2&e") { Content = new StringContent("hello", Encoding.UTF8, "text/plain") };
        request.Headers.Add("Cookie", "c=1; d=2");
        request.Headers.Add("X-Mine", "mine");
        using var response = await _client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("yes", response.Headers.GetValues("x-made").Single());
        Assert.Equal("a=b", response.Headers.GetValues("Set-Cookie").Single());
        Assert.Equal(
            """["2.0", "POST", "/path/to%20it", "q=1&q=2&e", {"q": "1,2", "e": ""}, ["c=1", "d=2"], "hello", false, "mine"]""",
            await response.Content.ReadAsStringAsync(Cancel));
    }

    [Theory]
    [InlineData("{'hello': 'world'}", 200, """{"hello": "world"}""")]
    [InlineData("'hello'", 200, "hello")]
    [InlineData("[1, True]", 200, "[1, true]")]
    [InlineData("{'statusCode': 418}", 418, "")]
    [InlineData("{'statusCode': 200, 'body': 'aGk=', 'isBase64Encoded': True}", 200, "hi")]
    [InlineData("{'statusCode': 'what'}", 502, "Internal Server Error")]
    [InlineData("1 / 0", 502, "Internal Server Error")]
    public async Task Any_result_has_its_response(string result, int status, string body)
    {
        var url = await CreateAsync("def handler(event, context): return " + result);
        using var response = await _client.GetAsync(new Uri(url), Cancel);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(body, await response.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task The_name_of_the_host_tells_the_function_too()
    {
        var url = await CreateAsync("def handler(event, context): return event['requestContext']['domainPrefix']");
        var id = url.TrimEnd('/')[(url.TrimEnd('/').LastIndexOf('/') + 1)..];
        using var request = new HttpRequestMessage(HttpMethod.Get, _cloud.Url);
        request.Headers.Host = id + ".lambda-url.us-east-1.on.aws";
        using var response = await _client.SendAsync(request, Cancel);
        Assert.Equal(id, await response.Content.ReadAsStringAsync(Cancel));
        request.Dispose();
        using var other = new HttpRequestMessage(HttpMethod.Get, _cloud.Url);
        other.Headers.Host = "nobody.lambda-url.us-east-1.on.aws";
        using var refused = await _client.SendAsync(other, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task A_url_that_nobody_is_permitted_to_use_is_forbidden()
    {
        var url = await CreateAsync("def handler(event, context): return 1", permit: false);
        using var response = await _client.GetAsync(new Uri(url), Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.StartsWith("{\"Message\":\"Forbidden.", await response.Content.ReadAsStringAsync(Cancel));
        await _cloud.CallAsync(
            HttpMethod.Post, "/2015-03-31/functions/f/policy",
            """{"StatementId":"s","Action":"lambda:InvokeFunctionUrl","Principal":"*","FunctionUrlAuthType":"NONE","SourceAccount":"111111111111"}""");
        using var still = await _client.GetAsync(new Uri(url), Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, still.StatusCode);
    }

    [Fact]
    public async Task Browsers_are_answered_as_the_settings_say()
    {
        var url = await CreateAsync("def handler(event, context): return 1", ""","Cors":{"AllowOrigins":["https://page.example"],"AllowMethods":["GET"],"MaxAge":60}""");
        using var preflight = new HttpRequestMessage(HttpMethod.Options, url);
        preflight.Headers.Add("Origin", "https://page.example");
        preflight.Headers.Add("Access-Control-Request-Method", "GET");
        using var response = await _client.SendAsync(preflight, Cancel);
        Assert.Equal("https://page.example", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("GET", response.Headers.GetValues("Access-Control-Allow-Methods").Single());
        Assert.Equal("60", response.Headers.GetValues("Access-Control-Max-Age").Single());
        using var foreign = new HttpRequestMessage(HttpMethod.Get, url);
        foreign.Headers.Add("Origin", "https://other.example");
        using var plain = await _client.SendAsync(foreign, Cancel);
        Assert.False(plain.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_url_is_shown_listed_changed_and_taken_away()
    {
        var url = await CreateAsync("def handler(event, context): return 1");
        const string path = "/2021-10-31/functions/f/url";
        var shown = await _cloud.CallAsync(HttpMethod.Get, path);
        Assert.Equal("BUFFERED", shown.GetProperty("InvokeMode").GetString());
        Assert.Equal("NONE", shown.GetProperty("AuthType").GetString());
        var (status, body) = await _cloud.SendAsync(HttpMethod.Post, path, """{"AuthType":"NONE"}""");
        Assert.Equal(409, status);
        Assert.StartsWith("Failed to create function url config for [functionArn = ", body.GetProperty("message").GetString());
        (status, body) = await _cloud.SendAsync(HttpMethod.Put, path, """{"AuthType":"AWS_IAM"}""");
        Assert.Equal(400, status);
        Assert.Equal("Haneul does not support AuthType AWS_IAM of UpdateFunctionUrlConfig yet.", body.GetProperty("message").GetString());
        Assert.Equal(1, (await _cloud.CallAsync(HttpMethod.Get, "/2021-10-31/functions/f/urls")).GetProperty("FunctionUrlConfigs").GetArrayLength());
        Assert.Equal(204, (await _cloud.SendAsync(HttpMethod.Delete, path)).Status);
        Assert.Equal(404, (await _cloud.SendAsync(HttpMethod.Get, path)).Status);
        using var gone = await _client.GetAsync(new Uri(url), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    private async Task<string> CreateAsync(string source, string extra = "", bool permit = true)
    {
        await _cloud.CreateAsync("f", "python3.11", "app.handler", "app.py", source);
        var created = await _cloud.CallAsync(HttpMethod.Post, "/2021-10-31/functions/f/url", $$"""{"AuthType":"NONE"{{extra}}}""");
        if (permit)
        {
            await _cloud.CallAsync(
                HttpMethod.Post, "/2015-03-31/functions/f/policy",
                """{"StatementId":"url","Action":"lambda:InvokeFunctionUrl","Principal":"*","FunctionUrlAuthType":"NONE"}""");
        }

        // The name is under localhost, which not every resolver knows.
        var id = new Uri(created.GetProperty("FunctionUrl").GetString()!).Host.Split('.')[0];
        return new Uri(_cloud.Url, $"/_aws/lambda-url/{id}/").ToString();
    }
}
