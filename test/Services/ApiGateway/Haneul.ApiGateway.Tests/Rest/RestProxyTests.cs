using System.Net.Http.Headers;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Errors;

namespace Haneul.ApiGateway.Tests.Rest;

public sealed class RestProxyTests : RestFixture
{
    [Fact]
    public async Task The_function_gets_the_whole_request()
    {
        await DeployAsync(
            [At("/items/{id}", ("ANY", Method(Proxy(), "ANY")))], stage: new Stage { Variables = new Dictionary<string, string> { ["v"] = "1" } });
        using var request = new HttpRequestMessage(HttpMethod.Post, Url("/items/a%20b/?x=1&x=2&y=%26+z")) { Content = Text("""{"a":1}""") };
        request.Headers.Add("X-Custom", ["v", "w"]);
        request.Headers.Add("X-Amzn-Trace-Id", "Root=1-5f84c7a3-000000000000000000000001");
        using var response = await Http.SendAsync(request, Cancel);
        Assert.Equal("ok", await response.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.StartsWith("Root=1-5f84c7a3", response.Headers.GetValues("X-Amzn-Trace-Id").Single(), StringComparison.Ordinal);

        var e = Functions.Event;
        Assert.Equal(FunctionArn, Functions.Function);
        Assert.Equal($"arn:aws:execute-api:us-east-1:000000000000:{ApiId}/dev/ANY/items/{{id}}", Functions.Origin!.SourceArn);
        Assert.False(e.TryGetProperty("version", out _));
        Assert.Equal("/items/{id}", e.GetProperty("resource").GetString());
        Assert.Equal("/items/a%20b/", e.GetProperty("path").GetString());
        Assert.Equal("POST", e.GetProperty("httpMethod").GetString());
        Assert.Equal("a%20b", e.GetProperty("pathParameters").GetProperty("id").GetString());
        Assert.Equal("2", e.GetProperty("queryStringParameters").GetProperty("x").GetString());
        Assert.Equal(["1", "2"], e.GetProperty("multiValueQueryStringParameters").GetProperty("x").EnumerateArray().Select(value => value.GetString()));
        Assert.Equal("& z", e.GetProperty("queryStringParameters").GetProperty("y").GetString());
        Assert.Equal("1", e.GetProperty("stageVariables").GetProperty("v").GetString());
        Assert.Equal("""{"a":1}""", e.GetProperty("body").GetString());
        Assert.False(e.GetProperty("isBase64Encoded").GetBoolean());
        Assert.False(e.GetProperty("headers").TryGetProperty("Content-Length", out _));
        Assert.Equal("127.0.0.1", e.GetProperty("headers").GetProperty("X-Forwarded-For").GetString());
        var context = e.GetProperty("requestContext");
        Assert.Equal("/dev/items/a%20b/", context.GetProperty("path").GetString());
        Assert.Equal("127.0.0.1", context.GetProperty("identity").GetProperty("sourceIp").GetString());
        Assert.Equal(
            ["accountId", "apiId", "deploymentId", "domainName", "domainPrefix", "extendedRequestId", "httpMethod", "identity", "path", "protocol", "requestId",
                "requestTime", "requestTimeEpoch", "resourceId", "resourcePath", "stage"],
            context.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"statusCode":"201","body":"x","headers":{"a":true,"n":1},"multiValueHeaders":{"m":["1","2"]}}""", 201)]
    [InlineData("""{"statusCode":204}""", 204)]
    [InlineData("""{"headers":{"a":"b"}}""", 200)]
    [InlineData("""{"statusCode":200,"headers":null,"body":null}""", 200)]
    [InlineData("""{}""", 502)]
    [InlineData("\"text\"", 502)]
    [InlineData("""{"statusCode":200,"wrong":1}""", 502)]
    [InlineData("""{"statusCode":"abc"}""", 502)]
    [InlineData("""{"statusCode":99}""", 502)]
    [InlineData("""{"statusCode":200,"body":{"a":1}}""", 502)]
    [InlineData("""{"statusCode":200,"multiValueHeaders":{"m":"1"}}""", 502)]
    [InlineData("not json", 502)]
    public async Task The_answer_needs_the_form(string answer, int status)
    {
        await DeployAsync([At("/a", ("GET", Method(Proxy())))]);
        Functions.Answer = answer;
        using var response = await GetAsync("/a");
        Assert.Equal(status, (int)response.StatusCode);
        if (status == 502)
        {
            Assert.Equal("""{"message": "Internal server error"}""", await response.Content.ReadAsStringAsync(Cancel));
            Assert.Equal("InternalServerErrorException", response.Headers.GetValues("x-amzn-ErrorType").Single());
        }
    }

    [Fact]
    public async Task Headers_are_joined_remapped_or_dropped()
    {
        await DeployAsync([At("/a", ("GET", Method(Proxy())))]);
        Functions.Answer = """
            {"statusCode":200,"headers":{"test-multi":"solo","Date":"x","Transfer-Encoding":"chunked","Bad\r\nName":"v","evil":"a\r\nSet-Cookie: b"},
            "multiValueHeaders":{"Test-Multi":["multi"],"Set-Cookie":["a=1","b=2"]}}
            """;
        using var response = await GetAsync("/a");
        Assert.Equal(["multi", "solo"], response.Headers.GetValues("test-multi"));
        Assert.Equal(["a=1", "b=2"], response.Headers.GetValues("Set-Cookie"));
        Assert.Equal("x", response.Headers.GetValues("x-amzn-Remapped-Date").Single());
        Assert.False(response.Headers.Contains("evil"));
        Assert.NotEqual(true, response.Headers.TransferEncodingChunked);
    }

    [Fact]
    public async Task Binary_media_types_travel_in_base64_both_ways()
    {
        await DeployAsync([At("/a", ("POST", Method(Proxy(), "POST")))], new RestApi { Id = ApiId, BinaryMediaTypes = ["image/png", "application/x-*"] });
        Functions.Answer = """{"body":"AP8B","isBase64Encoded":true,"headers":{"content-type":"image/png"}}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, Url("/a")) { Content = new ByteArrayContent([0, 255, 1]) };
        request.Content.Headers.ContentType = new("image/png");
        request.Headers.Accept.Add(new("image/png"));
        using var response = await Http.SendAsync(request, Cancel);
        Assert.Equal("AP8B", Functions.Event.GetProperty("body").GetString());
        Assert.True(Functions.Event.GetProperty("isBase64Encoded").GetBoolean());
        Assert.Equal(new byte[] { 0, 255, 1 }, await response.Content.ReadAsByteArrayAsync(Cancel));

        using var plain = await Http.PostAsync(Url("/a"), Text("x", "text/plain"), Cancel);
        Assert.Equal("AP8B", await plain.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("x", Functions.Event.GetProperty("body").GetString());
    }

    [Fact]
    public async Task A_function_that_fails_or_may_not_be_called_is_a_server_error()
    {
        await DeployAsync([At("/a", ("GET", Method(Proxy())))]);
        Functions.FunctionError = "Unhandled";
        await ExpectAsync(502, """{"message": "Internal server error"}""", "/a");
        Functions.FunctionError = null;
        Functions.Error = new ErrorShape("AccessDeniedException", 403).With("no");
        await ExpectAsync(500, """{"message": "Internal server error"}""", "/a");
    }

    [Fact]
    public async Task A_function_that_takes_too_long_is_given_up()
    {
        await DeployAsync([At("/a", ("GET", Method(new RestIntegration { Type = "AWS_PROXY", HttpMethod = "POST", Uri = FunctionUri, TimeoutInMillis = 2000 })))]);
        Functions.Hangs = true;
        var pending = GetAsync("/a");
        await Functions.Called.Task.WaitAsync(Cancel);
        Time.Advance(TimeSpan.FromSeconds(2.1));
        using var response = await pending;
        Assert.Equal((504, """{"message": "Endpoint request timed out"}"""), ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancel)));
    }

    [Fact]
    public async Task Answers_are_compressed_and_requests_opened()
    {
        await DeployAsync([At("/a", ("POST", Method(Proxy(), "POST")))], new RestApi { Id = ApiId, MinimumCompressionSize = 100 });
        Functions.Answer = $$"""{"body":"{{new string('x', 2000)}}"}""";
        using var packed = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Compress))
        {
            gzip.Write("""{"a":1}"""u8);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, Url("/a")) { Content = new ByteArrayContent(packed.ToArray()) };
        request.Content.Headers.ContentEncoding.Add("gzip");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        using var response = await Http.SendAsync(request, Cancel);
        Assert.Equal("gzip", response.Content.Headers.ContentEncoding.Single());
        Assert.True((await response.Content.ReadAsByteArrayAsync(Cancel)).Length < 200);
        Assert.Equal("""{"a":1}""", Functions.Event.GetProperty("body").GetString());

        using var broken = new HttpRequestMessage(HttpMethod.Post, Url("/a")) { Content = new ByteArrayContent([1, 2, 3, 4]) };
        broken.Content.Headers.ContentEncoding.Add("gzip");
        using var refused = await Http.SendAsync(broken, Cancel);
        Assert.Equal(400, (int)refused.StatusCode);
    }
}
