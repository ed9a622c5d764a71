using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.ApiGateway.Tests.Rest;

public sealed class RestIntegrationTests : RestFixture
{
    private readonly EchoServer _echo = new();
    private readonly FakeServices _services = new();

    public override async ValueTask DisposeAsync()
    {
        _echo.Dispose();
        await base.DisposeAsync();
    }

    protected override void Configure(IServiceCollection services)
    {
        base.Configure(services);
        services.AddSingleton<IServiceCalls>(_services);
    }

    [Fact]
    public async Task A_mock_answers_by_its_templates_and_their_overrides()
    {
        await DeployAsync(
            [
                At("/a/{id}", ("GET", Method(Mock(
                    """#set($context.responseOverride.header.x-fast = "1"){"statusCode": #if($input.params('id') == 'none')404#{else}200#end}""",
                    new IntegrationResponse
                    {
                        StatusCode = "200",
                        ResponseTemplates = new Dictionary<string, string> { ["application/json"] = """{"id":"$input.params('id')","stage":"$context.stage","v":"$stageVariables.v"}""" },
                        ResponseParameters = new Dictionary<string, string>
                        {
                            ["method.response.header.Access-Control-Allow-Origin"] = "'*'", ["method.response.header.x-id"] = "context.requestId",
                        },
                    },
                    new IntegrationResponse
                    {
                        StatusCode = "404",
                        SelectionPattern = "4\\d\\d",
                        ResponseTemplates = new Dictionary<string, string> { ["application/json"] = """#set($context.responseOverride.status = 410)gone""" },
                    })))),
            ],
            stage: new Stage { Variables = new Dictionary<string, string> { ["v"] = "1" } });
        using var found = await GetAsync("/a/7");
        Assert.Equal("""{"id":"7","stage":"dev","v":"1"}""", await found.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("*", found.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal(found.Headers.GetValues("x-amzn-RequestId").Single(), found.Headers.GetValues("x-id").Single());
        Assert.Equal("1", found.Headers.GetValues("x-fast").Single());
        Assert.False(found.Headers.Contains("X-Amzn-Trace-Id"));
        await ExpectAsync(410, "gone", "/a/none");
    }

    [Theory]
    [InlineData("""{"statusCode": 200}""", 200)]
    [InlineData("{statusCode: 200}", 200)]
    [InlineData("""{"a": 1, "statusCode": "201"}""", 200)]
    [InlineData("{}", 500)]
    [InlineData("no", 500)]
    [InlineData("#set($x", 500)]
    [InlineData("#foreach($i in [1..10000])#foreach($j in [1..10000])#foreach($k in [1..10000])x#end#end#end", 500)]
    public async Task A_mock_needs_a_status_code(string template, int status)
    {
        await DeployAsync([At("/a", ("GET", Method(Mock(template))))]);
        using var response = await GetAsync("/a");
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task An_http_proxy_sends_what_came_and_answers_with_what_it_gets()
    {
        await DeployAsync([At("/a/{proxy+}", ("ANY", Method(
            new RestIntegration
            {
                Type = "HTTP_PROXY",
                HttpMethod = "ANY",
                Uri = _echo.Url + "/up/${stageVariables.v}/{proxy}",
                RequestParameters = new Dictionary<string, string>
                {
                    ["integration.request.path.proxy"] = "method.request.path.proxy",
                    ["integration.request.header.x-mapped"] = "method.request.header.x-own",
                    ["integration.request.querystring.q"] = "method.request.querystring.q2",
                },
            },
            "ANY")))], stage: new Stage { Variables = new Dictionary<string, string> { ["v"] = "one" } });
        _echo.Status = 418;
        _echo.Headers["x-answer"] = "yes";
        _echo.Headers["WWW-Authenticate"] = "Basic";
        using var request = new HttpRequestMessage(HttpMethod.Put, Url("/a/b%20c/d?q=1&q2=2&e=%26")) { Content = Text("""{"a":1}""") };
        request.Headers.Add("x-own", "v");
        request.Headers.TryAddWithoutValidation("TE", "trailers");
        request.Headers.TryAddWithoutValidation("Max-Forwards", "3");
        using var response = await Http.SendAsync(request, Cancel);
        var echo = await JsonAsync(response);
        Assert.Equal(418, (int)response.StatusCode);
        Assert.Equal("yes", response.Headers.GetValues("x-answer").Single());
        Assert.Equal("Basic", response.Headers.GetValues("x-amzn-Remapped-WWW-Authenticate").Single());
        Assert.True(response.Headers.Contains("x-amzn-Remapped-Date"));
        Assert.False(response.Headers.Contains("X-Amzn-Trace-Id"));
        Assert.Equal("PUT", echo.GetProperty("method").GetString());
        Assert.Equal("/up/one/b%20c/d?q=1&q2=2&e=%26&q=2", echo.GetProperty("path").GetString());
        Assert.Equal("""{"a":1}""", echo.GetProperty("body").GetString());
        var headers = echo.GetProperty("headers");
        Assert.Equal("v", headers.GetProperty("x-mapped").GetString());
        Assert.Equal(ApiId, headers.GetProperty("x-amzn-apigateway-api-id").GetString());
        Assert.True(headers.TryGetProperty("x-amzn-trace-id", out _));
        Assert.StartsWith("127.0.0.1:", headers.GetProperty("host").GetString(), StringComparison.Ordinal);
        Assert.False(headers.TryGetProperty("te", out _));
        Assert.False(headers.TryGetProperty("max-forwards", out _));
    }

    [Fact]
    public async Task An_http_integration_sends_what_is_mapped_alone()
    {
        await DeployAsync([At("/a", ("POST", Method(
            new RestIntegration
            {
                Type = "HTTP",
                HttpMethod = "PATCH",
                Uri = _echo.Url + "/x",
                RequestParameters = new Dictionary<string, string>
                {
                    ["integration.request.header.x-static"] = "'s'",
                    ["integration.request.querystring.name"] = "method.request.body.user.name",
                    ["integration.request.header.Connection"] = "'close'",
                },
                RequestTemplates = new Dictionary<string, string> { ["application/json"] = """{"n":$input.json('$.user.name')}""" },
                IntegrationResponses = Responses(
                    new IntegrationResponse
                    {
                        StatusCode = "200",
                        ResponseParameters = new Dictionary<string, string>
                        {
                            ["method.response.header.x-path"] = "integration.response.body.path", ["method.response.header.x-h"] = "integration.response.header.x-answer",
                            ["method.response.header.Server"] = "'own'",
                        },
                    },
                    new IntegrationResponse { StatusCode = "502", SelectionPattern = "5.." }),
            },
            "POST")))]);
        _echo.Headers["x-answer"] = "yes";
        using var response = await Http.PostAsync(Url("/a?q=1"), Text("""{"user":{"name":"ann b"}}"""), Cancel);
        var echo = await JsonAsync(response);
        Assert.Equal("PATCH", echo.GetProperty("method").GetString());
        Assert.Equal("/x?name=ann%20b", echo.GetProperty("path").GetString());
        Assert.Equal("""{"n":"ann b"}""", echo.GetProperty("body").GetString());
        Assert.Equal("s", echo.GetProperty("headers").GetProperty("x-static").GetString());
        Assert.Equal("application/json", echo.GetProperty("headers").GetProperty("accept").GetString());
        Assert.Equal("AmazonAPIGateway_" + ApiId, echo.GetProperty("headers").GetProperty("user-agent").GetString());
        Assert.Equal("/x?name=ann%20b", response.Headers.GetValues("x-path").Single());
        Assert.Equal("yes", response.Headers.GetValues("x-h").Single());
        Assert.Equal("own", response.Headers.GetValues("x-amzn-Remapped-Server").Single());
        Assert.True(response.Headers.Contains("X-Amzn-Trace-Id"));
        _echo.Status = 503;
        using var failed = await Http.PostAsync(Url("/a"), Text("{}"), Cancel);
        Assert.Equal(502, (int)failed.StatusCode);
    }

    [Theory]
    [InlineData("Content-Length")]
    [InlineData("Transfer-Encoding")]
    public async Task A_mapping_may_not_frame_the_request(string header)
    {
        await DeployAsync([At("/a", ("GET", Method(new RestIntegration
        {
            Type = "HTTP_PROXY",
            HttpMethod = "GET",
            Uri = _echo.Url,
            RequestParameters = new Dictionary<string, string> { ["integration.request.header." + header] = "'5'" },
        })))]);
        await ExpectAsync(500, """{"message": "Internal server error"}""", "/a");
    }

    [Fact]
    public async Task A_parameter_does_not_leave_its_place_in_the_path()
    {
        await DeployAsync([At("/a", ("GET", Method(new RestIntegration
        {
            Type = "HTTP_PROXY",
            HttpMethod = "GET",
            Uri = _echo.Url + "/public/{f}",
            RequestParameters = new Dictionary<string, string> { ["integration.request.path.f"] = "method.request.querystring.f" },
        })))]);
        using var query = await GetAsync("/a?f=x%3Fy%23z");
        Assert.StartsWith("/public/x%3Fy%23z", (await JsonAsync(query)).GetProperty("path").GetString(), StringComparison.Ordinal);
        await ExpectAsync(500, """{"message": "Internal server error"}""", "/a?f=../admin");
        await ExpectAsync(500, """{"message": "Internal server error"}""", "/a?f=%252e%252e/admin");
    }

    [Fact]
    public async Task An_endpoint_that_is_away_or_slow_is_given_up()
    {
        await DeployAsync(
        [
            At("/gone", ("GET", Method(new RestIntegration { Type = "HTTP_PROXY", HttpMethod = "GET", Uri = "http://127.0.0.1:1/" }))),
            At("/slow", ("GET", Method(new RestIntegration { Type = "HTTP_PROXY", HttpMethod = "GET", Uri = _echo.Url, TimeoutInMillis = 500 }))),
        ]);
        using var gone = await GetAsync("/gone");
        Assert.Equal(504, (int)gone.StatusCode);
        _echo.Hangs = true;
        var pending = GetAsync("/slow");
        await _echo.Called.Task.WaitAsync(Cancel);
        Time.Advance(TimeSpan.FromSeconds(1));
        using var slow = await pending;
        Assert.Equal((504, """{"message": "Endpoint request timed out"}"""), ((int)slow.StatusCode, await slow.Content.ReadAsStringAsync(Cancel)));
    }

    [Fact]
    public async Task Passthrough_is_as_the_integration_says()
    {
        RestIntegration With(string behavior, bool templates) => new()
        {
            Type = "HTTP",
            HttpMethod = "POST",
            Uri = _echo.Url,
            PassthroughBehavior = behavior,
            RequestTemplates = templates ? new Dictionary<string, string> { ["application/json"] = "mapped" } : null,
            IntegrationResponses = Responses(new IntegrationResponse { StatusCode = "200" }),
        };
        await DeployAsync(
        [
            At("/match", ("POST", Method(With("WHEN_NO_MATCH", true), "POST"))), At("/templates", ("POST", Method(With("WHEN_NO_TEMPLATES", true), "POST"))),
            At("/none", ("POST", Method(With("WHEN_NO_TEMPLATES", false), "POST"))), At("/never", ("POST", Method(With("NEVER", false), "POST"))),
        ]);
        foreach (var (path, type, status, body) in new[]
        {
            ("/match", "application/json", 200, "mapped"), ("/match", "text/plain", 200, "x"), ("/templates", "text/plain", 415, ""), ("/none", "text/plain", 200, "x"),
            ("/never", "text/plain", 415, ""),
        })
        {
            using var response = await Http.PostAsync(Url(path), Text("x", type), Cancel);
            Assert.Equal((path, status), (path, (int)response.StatusCode));
            if (status == 200)
            {
                Assert.Equal(body, (await JsonAsync(response)).GetProperty("body").GetString());
            }
            else
            {
                Assert.Equal("""{"message": "Unsupported Media Type"}""", await response.Content.ReadAsStringAsync(Cancel));
            }
        }
    }

    [Fact]
    public async Task A_functions_error_chooses_the_response()
    {
        await DeployAsync([At("/a", ("GET", Method(new RestIntegration
        {
            Type = "AWS",
            HttpMethod = "POST",
            Uri = FunctionUri,
            RequestTemplates = new Dictionary<string, string> { ["application/json"] = """{"p":"$input.params('p')"}""" },
            IntegrationResponses = Responses(
                new IntegrationResponse { StatusCode = "200" },
                new IntegrationResponse { StatusCode = "400", SelectionPattern = "Bad.*", ResponseTemplates = new Dictionary<string, string> { ["application/json"] = """{"why":$input.json('$.errorMessage')}""" } },
                new IntegrationResponse { StatusCode = "500", SelectionPattern = "(a+)+b" }),
        })))]);
        Functions.Answer = """{"ok":1}""";
        await ExpectAsync(200, """{"ok":1}""", "/a?p=7");
        Assert.Equal("7", Functions.Event.GetProperty("p").GetString());
        Functions.FunctionError = "Unhandled";
        Functions.Answer = """{"errorMessage":"Bad luck","errorType":"E"}""";
        await ExpectAsync(400, """{"why":"Bad luck"}""", "/a");

        // A pattern that would take for ever does not.
        Functions.Answer = $$"""{"errorMessage":"{{new string('a', 40)}}c"}""";
        using var slow = await GetAsync("/a");
        Assert.Equal(200, (int)slow.StatusCode);
        Functions.Error = new ErrorShape("AccessDeniedException", 403).With("no");
        await ExpectAsync(500, """{"message": "Internal server error"}""", "/a");
    }

    [Fact]
    public async Task A_response_that_is_not_mapped_is_a_configuration_error()
    {
        var mock = Mock("""{"statusCode": 404}""", new IntegrationResponse { StatusCode = "200", SelectionPattern = "2.." });
        await DeployAsync([At("/a", ("GET", Method(mock)))]);
        await ExpectAsync(500, """{"message": "Internal server error"}""", "/a");
    }

    [Fact]
    public async Task A_service_is_called_by_action_or_path()
    {
        RestIntegration Call(string target) => new()
        {
            Type = "AWS",
            HttpMethod = "POST",
            Uri = "arn:aws:apigateway:eu-west-1:" + target,
            RequestTemplates = new Dictionary<string, string> { ["application/json"] = """{"TableName":"$input.params('t')"}""" },
            RequestParameters = new Dictionary<string, string> { ["integration.request.querystring.q"] = "'a b'", ["integration.request.path.key"] = "method.request.querystring.t" },
            IntegrationResponses = Responses(new IntegrationResponse { StatusCode = "200" }, new IntegrationResponse { StatusCode = "404", SelectionPattern = "404" }),
        };
        await DeployAsync([At("/action", ("GET", Method(Call("dynamodb:action/Scan&x=1")))), At("/path", ("GET", Method(Call("s3:path/bucket/{key}"))))]);
        await ExpectAsync(200, "answer", "/action?t=things");
        Assert.Equal(("dynamodb", "Scan", "POST", "/", "x=1&q=a%20b"), _services.Seen);
        Assert.Equal("""{"TableName":"things"}""", _services.Body);
        Assert.Equal("eu-west-1", _services.Region);
        _services.Status = 404;
        await ExpectAsync(404, "answer", "/path?t=a%2Fb");
        Assert.Equal(("s3", null, "POST", "/bucket/a/b", "q=a%20b"), _services.Seen);
    }

    [Fact]
    public async Task Bodies_become_bytes_or_text_as_content_handling_says()
    {
        RestIntegration With(string? request, string? response) => new()
        {
            Type = "HTTP",
            HttpMethod = "POST",
            Uri = _echo.Url,
            ContentHandling = request,
            IntegrationResponses = Responses(new IntegrationResponse { StatusCode = "200", ContentHandling = response }),
        };
        await DeployAsync(
            [
                At("/text", ("POST", Method(With("CONVERT_TO_TEXT", null), "POST"))), At("/binary", ("POST", Method(With("CONVERT_TO_BINARY", null), "POST"))),
                At("/answer", ("POST", Method(With(null, "CONVERT_TO_BINARY"), "POST"))),
            ],
            new RestApi { Id = ApiId, BinaryMediaTypes = ["image/*"] });
        using var image = new ByteArrayContent([104, 105]);
        image.Headers.ContentType = new("image/png");
        using var text = await Http.PostAsync(Url("/text"), image, Cancel);
        Assert.Equal("aGk=", (await JsonAsync(text)).GetProperty("body").GetString());
        using var binary = await Http.PostAsync(Url("/binary"), Text("aGk=", "text/plain"), Cancel);
        Assert.Equal("hi", (await JsonAsync(binary)).GetProperty("body").GetString());
        using var refused = await Http.PostAsync(Url("/binary"), Text("!", "text/plain"), Cancel);
        Assert.Equal(500, (int)refused.StatusCode);
        _echo.Body = "aGk="u8.ToArray();
        using var answer = await Http.PostAsync(Url("/answer"), Text("x", "text/plain"), Cancel);
        Assert.Equal("hi", await answer.Content.ReadAsStringAsync(Cancel));
    }
}
