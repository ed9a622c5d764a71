using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Haneul.ApiGateway.Execute.WebSockets;
using Haneul.Integration.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Haneul.ApiGateway.Tests.WebSockets;

public sealed class WebSocketApiTests : IAsyncLifetime
{
    private ApiServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_connection_lives_from_connect_over_messages_to_disconnect()
    {
        var api = await CreateAsync();
        foreach (var key in new[] { "$connect", "$disconnect", "greet" })
        {
            await _server.AddRouteAsync(api, key, Proxy);
        }

        var echo = await _server.AddRouteAsync(api, "$default", Proxy, new { routeResponseSelectionExpression = "$default" });
        await _server.PostIdAsync($"/v2/apis/{api}/routes/{echo}/routeresponses", new { routeResponseKey = "$default" }, "routeResponseId");
        _server.Functions.Says = e => e.TryGetProperty("body", out var body)
            ? JsonSerializer.Serialize(new { statusCode = 200, body = "echo " + body.GetString() }) : """{"statusCode":200}""";

        using var client = await ConnectAsync(api, "?token=x");
        var connect = await EventAsync("CONNECT");
        Assert.Equal("x", connect.GetProperty("queryStringParameters").GetProperty("token").GetString());
        Assert.True(connect.GetProperty("headers").TryGetProperty("Sec-WebSocket-Key", out _));
        var context = connect.GetProperty("requestContext");
        Assert.Equal(("$connect", "prod", api), (
            context.GetProperty("routeKey").GetString(), context.GetProperty("stage").GetString(), context.GetProperty("apiId").GetString()));
        var id = context.GetProperty("connectionId").GetString()!;
        Assert.Equal($"arn:aws:execute-api:us-east-1:000000000000:{api}/prod/$connect", _server.Functions.Origin!.SourceArn);

        // "greet" answers nobody; what is not known goes to $default, which does.
        await SendAsync(client, """{"action":"greet"}""");
        var greet = await EventAsync("MESSAGE");
        Assert.Equal(("greet", id), (greet.GetProperty("requestContext").GetProperty("routeKey").GetString(), greet.GetProperty("requestContext").GetProperty("connectionId").GetString()));
        await SendAsync(client, "no json");
        Assert.Equal("echo no json", await ReceiveAsync(client));
        await SendAsync(client, """{"action":"$connect"}""");
        Assert.Equal("""echo {"action":"$connect"}""", await ReceiveAsync(client));

        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", Cancel);
        var disconnect = (await EventAsync("DISCONNECT")).GetProperty("requestContext");
        Assert.Equal((1000, "bye", id), (
            disconnect.GetProperty("disconnectStatusCode").GetInt32(), disconnect.GetProperty("disconnectReason").GetString(), disconnect.GetProperty("connectionId").GetString()));
    }

    [Fact]
    public async Task Backends_post_read_and_close_with_boto3()
    {
        var api = await CreateAsync();
        await _server.AddRouteAsync(api, "$connect", Proxy);
        using var client = await ConnectAsync(api);
        var id = (await EventAsync("CONNECT")).GetProperty("requestContext").GetProperty("connectionId").GetString();
        var script = $$"""
            import boto3, json, os
            c = boto3.client('apigatewaymanagementapi', endpoint_url=os.environ['ENDPOINT'] + '/_aws/execute-api/{{api}}/prod')
            c.post_to_connection(ConnectionId='{{id}}', Data=b'hello')
            c.post_to_connection(ConnectionId='{{id}}', Data=b'x' * 131072)
            try:
                c.post_to_connection(ConnectionId='{{id}}', Data=b'x' * 131073)
            except Exception as e: print(type(e).__name__)
            print(c.get_connection(ConnectionId='{{id}}')['Identity']['SourceIp'])
            c.delete_connection(ConnectionId='{{id}}')
            for call in (lambda: c.post_to_connection(ConnectionId='{{id}}', Data=b'x'), lambda: c.get_connection(ConnectionId='none=')):
                try: call()
                except c.exceptions.GoneException as e: print('gone', e.response['ResponseMetadata']['HTTPStatusCode'])
            """;
        var output = _server.Clients.PythonAsync(script, Cancel);
        Assert.Equal("hello", await ReceiveAsync(client));
        Assert.Equal(131072, (await ReceiveAsync(client)).Length);
        var end = await client.ReceiveAsync(new byte[10], Cancel);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, end.CloseStatus);
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);
        Assert.Equal("PayloadTooLargeException\n127.0.0.1\ngone 410\ngone 410\n", await output);
    }

    [Fact]
    public async Task An_authorizer_is_asked_at_connect_and_its_context_stays()
    {
        const string auth = "arn:aws:lambda:us-east-1:000000000000:function:auth";
        var api = await CreateAsync();
        var authorizer = await _server.PostIdAsync($"/v2/apis/{api}/authorizers", new
        {
            name = "a", authorizerType = "REQUEST", identitySource = new[] { "route.request.querystring.token" },
            authorizerUri = $"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{auth}/invocations",
        }, "authorizerId");
        await _server.AddRouteAsync(api, "$connect", Proxy, new { authorizationType = "CUSTOM", authorizerId = authorizer });
        await _server.AddRouteAsync(api, "$default", Proxy);
        _server.Functions.By[auth] = Policy("Allow");
        Assert.Contains("401", await RefusedAsync(api, ""), StringComparison.Ordinal);
        using var client = await ConnectAsync(api, "?token=t");
        var e = _server.Functions.Events[auth];
        Assert.Equal(("REQUEST", $"arn:aws:execute-api:us-east-1:000000000000:{api}/prod/$connect"), (e.GetProperty("type").GetString(), e.GetProperty("methodArn").GetString()));
        await SendAsync(client, "hi");
        var context = (await EventAsync("MESSAGE")).GetProperty("requestContext").GetProperty("authorizer");
        Assert.Equal(("ann", "7"), (context.GetProperty("principalId").GetString(), context.GetProperty("level").GetString()));
        _server.Functions.By[auth] = Policy("Deny");
        Assert.Contains("403", await RefusedAsync(api, "?token=t"), StringComparison.Ordinal);
        _server.Functions.By[auth] = "{}";
        Assert.Contains("500", await RefusedAsync(api, "?token=t"), StringComparison.Ordinal);
        Assert.Contains(
            "Currently, authorization is restricted to the $connect route only",
            await _server.RefusedAsync(HttpMethod.Post, $"/v2/apis/{api}/routes", new { routeKey = "x", authorizationType = "AWS_IAM" }), StringComparison.Ordinal);

        static string Policy(string effect) => $$"""
            {"principalId":"ann","context":{"level":7},"policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"{{effect}}","Action":"*","Resource":"*"}]} }
            """;
    }

    [Fact]
    public async Task The_connect_function_may_refuse_and_choose_a_subprotocol()
    {
        var api = await CreateAsync();
        await _server.AddRouteAsync(api, "$connect", Proxy);
        _server.Functions.Answer = """{"statusCode":403}""";
        Assert.Contains("403", await RefusedAsync(api, ""), StringComparison.Ordinal);
        _server.Functions.Answer = "{}";
        Assert.Contains("502", await RefusedAsync(api, ""), StringComparison.Ordinal);
        _server.Functions.Answer = """{"statusCode":200,"headers":{"Sec-WebSocket-Protocol":"two"}}""";
        using var client = await ConnectAsync(api, "", "one", "two");
        Assert.Equal("two", client.SubProtocol);
        Assert.Contains("403", await RefusedAsync(api + "x", ""), StringComparison.Ordinal);
        Assert.Equal(426, (int)(await new HttpClient().GetAsync(new Uri(_server.Url, $"/_aws/execute-api/{api}/prod"), Cancel)).StatusCode);
    }

    [Fact]
    public async Task Messages_and_frames_have_limits()
    {
        var api = await CreateAsync();
        var route = await _server.AddRouteAsync(api, "$default", Proxy);
        await _server.PostIdAsync($"/v2/apis/{api}/routes/{route}/routeresponses", new { routeResponseKey = "$default" }, "routeResponseId");
        _server.Functions.Says = e => JsonSerializer.Serialize(new { statusCode = 200, body = e.GetProperty("body").GetString()!.Length.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        using (var client = await ConnectAsync(api))
        {
            for (var i = 0; i < 4; i++)
            {
                await client.SendAsync(new byte[32 * 1024], WebSocketMessageType.Text, endOfMessage: i == 3, Cancel);
            }

            Assert.Equal("131072", await ReceiveAsync(client));
            await client.SendAsync(new byte[(32 * 1024) + 1], WebSocketMessageType.Text, endOfMessage: true, Cancel);
            Assert.Equal(WebSocketCloseStatus.MessageTooBig, (await client.ReceiveAsync(new byte[10], Cancel)).CloseStatus);
        }

        using (var client = await ConnectAsync(api))
        {
            for (var i = 0; i < 5; i++)
            {
                await client.SendAsync(new byte[30 * 1024], WebSocketMessageType.Text, endOfMessage: i == 4, Cancel);
            }

            Assert.Equal(WebSocketCloseStatus.MessageTooBig, (await client.ReceiveAsync(new byte[10], Cancel)).CloseStatus);
        }

        using (var client = await ConnectAsync(api))
        {
            await client.SendAsync(new byte[3], WebSocketMessageType.Binary, endOfMessage: true, Cancel);
            Assert.Equal(WebSocketCloseStatus.InvalidMessageType, (await client.ReceiveAsync(new byte[10], Cancel)).CloseStatus);
        }

        using var bad = await ConnectAsync(api);
        await bad.SendAsync(new byte[] { 0xFF, 0xFE }, WebSocketMessageType.Text, endOfMessage: true, Cancel);
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            var result = await bad.ReceiveAsync(new byte[10], Cancel);
            throw result.CloseStatus == WebSocketCloseStatus.InvalidPayloadData ? new WebSocketException() : new ArgumentException($"{result.CloseStatus}");
        });
    }

    [Fact]
    public async Task Quiet_connections_end_after_ten_minutes_and_all_after_two_hours()
    {
        var api = await CreateAsync();
        await _server.AddRouteAsync(api, "$default", Proxy);
        await _server.AddRouteAsync(api, "$disconnect", Proxy);
        using var quiet = await ConnectAsync(api);
        _server.Time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(WebSocketState.Open, quiet.State);
        _server.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, (await quiet.ReceiveAsync(new byte[10], Cancel)).CloseStatus);
        await quiet.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);
        Assert.Equal("DISCONNECT", (await EventAsync("DISCONNECT")).GetProperty("requestContext").GetProperty("eventType").GetString());

        using var busy = await ConnectAsync(api);
        for (var i = 0; i < 13; i++)
        {
            await SendAsync(busy, "x");
            await EventAsync("MESSAGE");
            Assert.Equal(WebSocketState.Open, busy.State);
            _server.Time.Advance(TimeSpan.FromMinutes(9.5));
        }

        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, (await busy.ReceiveAsync(new byte[10], Cancel)).CloseStatus);
    }

    [Fact]
    public async Task Errors_are_told_in_frames()
    {
        var api = await CreateAsync();
        await _server.AddRouteAsync(api, "works", Proxy);
        await _server.SendAsync(HttpMethod.Post, $"/v2/apis/{api}/routes", new { routeKey = "empty" });
        await _server.SendAsync(HttpMethod.Patch, $"/v2/apis/{api}/stages/prod", new
        {
            routeSettings = new Dictionary<string, object> { ["works"] = new { throttlingRateLimit = 1.0, throttlingBurstLimit = 1 } },
        });
        _server.Functions.FunctionError = "Unhandled";
        using var client = await ConnectAsync(api);
        await SendAsync(client, """{"action":"unknown"}""");
        var error = JsonDocument.Parse(await ReceiveAsync(client)).RootElement;
        Assert.Equal("Forbidden", error.GetProperty("message").GetString());
        Assert.True(error.TryGetProperty("connectionId", out _) && error.TryGetProperty("requestId", out _));
        await SendAsync(client, """{"action":"works"}""");
        Assert.Contains("\"Internal server error\"", await ReceiveAsync(client), StringComparison.Ordinal);
        await SendAsync(client, """{"action":"works"}""");
        Assert.Contains("\"Too Many Requests\"", await ReceiveAsync(client), StringComparison.Ordinal);
        await SendAsync(client, """{"action":"empty"}""");
        Assert.Contains("\"Internal server error\"", await ReceiveAsync(client), StringComparison.Ordinal);
        await _server.Services.GetRequiredService<MetricReporter>().ReportAsync(Cancel);
        var sums = _server.Metrics.Reported.ToDictionary(series => series.Series, series => series.Sum);
        Assert.Equal((1, 4, 1), (
            sums[$"AWS/ApiGateway ConnectCount ApiId={api}"], sums[$"AWS/ApiGateway MessageCount ApiId={api},Stage=prod"],
            sums[$"AWS/ApiGateway IntegrationError ApiId={api}"]));
    }

    [Fact]
    public async Task Mocks_functions_and_endpoints_are_mapped_by_templates()
    {
        using var endpoint = new Endpoint();
        var api = await CreateAsync();
        await MapAsync(api, "mock", new
        {
            integrationType = "MOCK", templateSelectionExpression = "${request.body.kind}",
            requestTemplates = new Dictionary<string, string> { ["bad"] = """{"statusCode":400}""", ["$default"] = """{"statusCode":200}""" },
        }, ("$default", """{"ok":"$context.connectionId"}"""), ("/4\\d\\d/", """{"bad":true}"""));
        await MapAsync(api, "function", new
        {
            integrationType = "AWS", integrationUri = ApiServer.FunctionUri,
            requestTemplates = new Dictionary<string, string> { ["$default"] = """{"n":$input.json('$.n')}""" }, templateSelectionExpression = "\\$default",
        }, ("$default", """got $input.path('$.sum')"""));
        await MapAsync(api, "endpoint", new { integrationType = "HTTP", integrationUri = endpoint.Url + "/x", integrationMethod = "PUT" });
        _server.Functions.Answer = """{"sum":42}""";
        using var client = await ConnectAsync(api);
        await SendAsync(client, """{"action":"mock"}""");
        Assert.StartsWith("""{"ok":""", await ReceiveAsync(client), StringComparison.Ordinal);
        await SendAsync(client, """{"action":"mock","kind":"bad"}""");
        Assert.Equal("""{"bad":true}""", await ReceiveAsync(client));
        await SendAsync(client, """{"action":"function","n":7}""");
        Assert.Equal("got 42", await ReceiveAsync(client));
        Assert.Equal("""{"n":7}""", _server.Functions.Event.GetRawText());
        await SendAsync(client, """{"action":"endpoint"}""");
        Assert.Equal("""{"from":"endpoint"}""", await ReceiveAsync(client));
        Assert.Equal(("PUT", "/x", """{"action":"endpoint"}"""), (endpoint.Last.Method, endpoint.Last.Target, endpoint.Last.Body));
    }

    [Fact]
    public async Task Messages_are_checked_by_models()
    {
        var api = await CreateAsync();
        var model = await _server.PostIdAsync($"/v2/apis/{api}/models", new
        {
            name = "Order", contentType = "application/json", schema = """{"type":"object","required":["id"],"properties":{"id":{"type":"integer"}}}""",
        }, "modelId");
        await _server.AddRouteAsync(
            api, "order", Proxy, new { modelSelectionExpression = "$request.body.action", requestModels = new { order = "Order" } });
        using var client = await ConnectAsync(api);
        await SendAsync(client, """{"action":"order","id":"x"}""");
        Assert.Contains("\"Bad request body\"", await ReceiveAsync(client), StringComparison.Ordinal);
        await SendAsync(client, """{"action":"order","id":1}""");
        await EventAsync("MESSAGE");
        Assert.Contains("is referenced in route: order", await _server.RefusedAsync(HttpMethod.Delete, $"/v2/apis/{api}/models/{model}"), StringComparison.Ordinal);
        Assert.Contains("must be alphanumeric", await _server.RefusedAsync(HttpMethod.Post, $"/v2/apis/{api}/models", new { name = "a b", schema = "{}" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_aws_cli_builds_a_websocket_api()
    {
        var aws = _server.Clients;
        Assert.Contains("RouteSelectionExpression is a required parameter", await aws.AwsRefusedAsync(
            Cancel, "apigatewayv2", "create-api", "--name", "ws", "--protocol-type", "WEBSOCKET"), StringComparison.Ordinal);
        var api = await aws.AwsAsync(
            Cancel, "apigatewayv2", "create-api", "--name", "ws", "--protocol-type", "WEBSOCKET", "--route-selection-expression", "$request.body.action");
        Assert.StartsWith("ws://", api.GetProperty("ApiEndpoint").GetString(), StringComparison.Ordinal);
        var id = api.GetProperty("ApiId").GetString()!;
        var integration = await aws.AwsAsync(
            Cancel, "apigatewayv2", "create-integration", "--api-id", id, "--integration-type", "MOCK", "--request-templates", """{"$default":"{\"statusCode\":200}"}""");
        Assert.Equal((29000, "WHEN_NO_MATCH"), (integration.GetProperty("TimeoutInMillis").GetInt32(), integration.GetProperty("PassthroughBehavior").GetString()));
        var integrationId = integration.GetProperty("IntegrationId").GetString()!;
        var response = await aws.AwsAsync(
            Cancel, "apigatewayv2", "create-integration-response", "--api-id", id, "--integration-id", integrationId, "--integration-response-key", "$default");
        var responses = await aws.AwsAsync(Cancel, "apigatewayv2", "get-integration-responses", "--api-id", id, "--integration-id", integrationId);
        Assert.Equal(response.GetProperty("IntegrationResponseId").GetString(), responses.GetProperty("Items")[0].GetProperty("IntegrationResponseId").GetString());
    }

    [Fact]
    public async Task Many_connections_are_open_at_once_and_new_ones_are_limited()
    {
        var api = await CreateAsync();
        var route = await _server.AddRouteAsync(api, "$default", Proxy);
        await _server.PostIdAsync($"/v2/apis/{api}/routes/{route}/routeresponses", new { routeResponseKey = "$default" }, "routeResponseId");
        var table = _server.Services.GetRequiredService<SocketTable>();
        var clients = new List<ClientWebSocket>();
        for (var i = 0; i < 10; i++)
        {
            clients.AddRange(await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ConnectAsync(api))));
        }

        Assert.Contains("429", await RefusedAsync(api, ""), StringComparison.Ordinal);

        // A client may know of its connection a moment before the table does.
        while (table.Count < 500)
        {
            await Task.Delay(10, Cancel);
        }

        Assert.Equal(500, table.Count);
        await Task.WhenAll(clients.Select(client => SendAsync(client, "x")));
        foreach (var client in clients)
        {
            Assert.Equal("ok", await ReceiveAsync(client));
            client.Dispose();
        }

        while (table.Count > 0)
        {
            await Task.Delay(10, Cancel);
        }
    }

    [Fact]
    public async Task Clients_are_told_when_the_cloud_stops()
    {
        var api = await CreateAsync();
        using var client = await ConnectAsync(api);
        _server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, (await client.ReceiveAsync(new byte[10], Cancel)).CloseStatus);
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);
    }

    [Fact]
    public void Frames_are_watched_across_reads()
    {
        using var guard = new FrameGuard(Stream.Null, 32 * 1024);
        byte[] frames = [0x81, 0x83, 1, 2, 3, 4, 9, 9, 9, 0x81, 0xFE, 0x80, 0x00, 1, 2, 3, 4];
        foreach (var b in frames)
        {
            guard.Watch([b]);
        }

        guard.Watch(new byte[32 * 1024]);
        Assert.Throws<FrameTooLongException>(() => guard.Watch([0x81, 0xFE, 0x80, 0x01]));
        using var huge = new FrameGuard(Stream.Null, 32 * 1024);
        Assert.Throws<FrameTooLongException>(() => huge.Watch([0x81, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]));
    }

    private static object Proxy => new { integrationType = "AWS_PROXY", integrationUri = ApiServer.FunctionUri };

    private static Task SendAsync(ClientWebSocket client, string text) =>
        client.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Cancel);

    private static async Task<string> ReceiveAsync(ClientWebSocket client)
    {
        using var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        WebSocketReceiveResult result;
        do
        {
            result = await client.ReceiveAsync(buffer, Cancel);
            message.Write(buffer, 0, result.Count);
        }
        while (!result.EndOfMessage);
        return Encoding.UTF8.GetString(message.ToArray());
    }

    private async Task<string> CreateAsync()
    {
        var api = await _server.PostIdAsync("/v2/apis", new { name = "ws", protocolType = "WEBSOCKET", routeSelectionExpression = "$request.body.action" }, "apiId");
        await _server.SendAsync(HttpMethod.Post, $"/v2/apis/{api}/stages", new { stageName = "prod", autoDeploy = true });
        return api;
    }

    private async Task MapAsync(string api, string key, object integration, params (string Key, string Template)[] responses)
    {
        var id = await _server.PostIdAsync($"/v2/apis/{api}/integrations", integration, "integrationId");
        foreach (var (response, template) in responses)
        {
            await _server.SendAsync(HttpMethod.Post, $"/v2/apis/{api}/integrations/{id}/integrationresponses", new
            {
                integrationResponseKey = response, responseTemplates = new Dictionary<string, string> { ["$default"] = template },
            });
        }

        var route = await _server.PostIdAsync($"/v2/apis/{api}/routes", new { routeKey = key, target = "integrations/" + id }, "routeId");
        await _server.SendAsync(HttpMethod.Post, $"/v2/apis/{api}/routes/{route}/routeresponses", new { routeResponseKey = "$default" });
    }

    private async Task<ClientWebSocket> ConnectAsync(string api, string query = "", params string[] protocols)
    {
        var client = new ClientWebSocket();
        Array.ForEach(protocols, client.Options.AddSubProtocol);
        await client.ConnectAsync(new Uri($"ws://127.0.0.1:{_server.Url.Port}/_aws/execute-api/{api}/prod{query}"), Cancel);
        return client;
    }

    private async Task<string> RefusedAsync(string api, string query) =>
        (await Assert.ThrowsAnyAsync<WebSocketException>(async () => (await ConnectAsync(api, query)).Dispose())).Message;

    /// <summary>The next event of a type; others are skipped.</summary>
    private async Task<JsonElement> EventAsync(string type)
    {
        while (true)
        {
            if (_server.Functions.Log.TryDequeue(out var e))
            {
                if (e.TryGetProperty("requestContext", out var context) && context.GetProperty("eventType").GetString() == type)
                {
                    return e;
                }
            }
            else
            {
                await Task.Delay(10, Cancel);
            }
        }
    }
}
