using System.Net;
using System.Net.Sockets;
using System.Text;
using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Tests.Rest;

public sealed class RestRoutingTests : RestFixture
{
    private const string Missing = """{"message":"Missing Authentication Token"}""";

    [Fact]
    public async Task A_resource_answers_by_every_form_of_address()
    {
        await DeployAsync([At("/", ("GET", Method(Mock()))), At("/a/{id}", ("GET", Method(Mock())))]);
        foreach (var path in new[] { $"/_aws/execute-api/{ApiId}/dev/a/1", $"/restapis/{ApiId}/dev/_user_request_/a/1", $"/_aws/execute-api/{ApiId}/dev" })
        {
            using var response = await Http.GetAsync(new Uri(Server.Url, path), Cancel);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        foreach (var path in new[] { "/dev/a/1", "//dev//a/1/", "/dev" })
        {
            Assert.StartsWith("HTTP/1.1 200", await RawAsync($"GET {path} HTTP/1.1\r\nHost: {ApiId}.execute-api.us-east-1.amazonaws.com"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_not_there_is_answered_as_aws_does()
    {
        await DeployAsync([At("/a", ("GET", Method(Mock())))]);
        using var missing = await GetAsync("/b");
        Assert.Equal((403, Missing), ((int)missing.StatusCode, await missing.Content.ReadAsStringAsync(Cancel)));
        Assert.Equal("MissingAuthenticationTokenException", missing.Headers.GetValues("x-amzn-ErrorType").Single());
        Assert.True(missing.Headers.Contains("x-amzn-RequestId"));
        Assert.True(missing.Headers.Contains("x-amz-apigw-id"));
        using var method = await Http.PostAsync(Url("/a"), Text("{}"), Cancel);
        Assert.Equal((403, Missing), ((int)method.StatusCode, await method.Content.ReadAsStringAsync(Cancel)));
        using var stage = await Http.GetAsync(new Uri(Server.Url, $"/_aws/execute-api/{ApiId}/none/a"), Cancel);
        Assert.Equal((403, """{"message":"Forbidden"}"""), ((int)stage.StatusCode, await stage.Content.ReadAsStringAsync(Cancel)));
    }

    [Fact]
    public async Task The_default_endpoint_can_be_off()
    {
        await DeployAsync([At("/a", ("GET", Method(Mock())))], new RestApi { Id = ApiId, DisableExecuteApiEndpoint = true });
        await ExpectAsync(403, """{"message":"Forbidden"}""", "/a");
    }

    [Fact]
    public async Task The_owner_changes_gateway_responses()
    {
        await DeployAsync(
            [At("/a", ("GET", Method(Mock())))],
            stage: new Stage { Variables = new Dictionary<string, string> { ["color"] = "red" } },
            responses:
            [
                new GatewayResponse
                {
                    ResponseType = "MISSING_AUTHENTICATION_TOKEN",
                    StatusCode = "404",
                    ResponseParameters = new Dictionary<string, string>
                    {
                        ["gatewayresponse.header.Access-Control-Allow-Origin"] = "'a.b.c'",
                        ["gatewayresponse.header.x-query"] = "method.request.querystring.q",
                    },
                    ResponseTemplates = new Dictionary<string, string>
                    {
                        ["application/json"] = """{"m":$context.error.messageString,"t":"$context.error.responseType","s":"${stageVariables.color}","p":"$5"}""",
                    },
                },
            ]);
        using var response = await GetAsync("/b?q=7");
        Assert.Equal(
            (404, """{"m":"Missing Authentication Token","t":"MISSING_AUTHENTICATION_TOKEN","s":"red","p":"$5"}"""),
            ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancel)));
        Assert.Equal("a.b.c", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("7", response.Headers.GetValues("x-query").Single());
    }

    [Fact]
    public async Task Default_4xx_changes_all_of_them()
    {
        await DeployAsync([At("/a", ("GET", Method(Mock())))], responses: [new GatewayResponse { ResponseType = "DEFAULT_4XX", StatusCode = "444" }]);
        await ExpectAsync(444, Missing, "/b");
    }

    [Theory]
    [InlineData("/a/../b")]
    [InlineData("/a/%2e%2E/b")]
    public async Task Paths_that_walk_up_are_refused(string path)
    {
        await DeployAsync([At("/{proxy+}", ("ANY", Method(Mock())))]);
        Assert.StartsWith("HTTP/1.1 400", await RawAsync($"GET /dev{path} HTTP/1.1\r\nHost: {ApiId}.execute-api.localhost"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_over_ten_megabytes_is_refused()
    {
        await DeployAsync([At("/a", ("POST", Method(Mock(), "POST")))]);
        using var content = new ByteArrayContent(new byte[(10 * 1024 * 1024) + 1]);
        using var response = await Http.PostAsync(Url("/a"), content, Cancel);
        Assert.Equal(413, (int)response.StatusCode);
        Assert.Equal("""{"message":"Request Too Long"}""", await response.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Headers_over_ten_kilobytes_are_refused()
    {
        await DeployAsync([At("/a", ("GET", Method(Mock())))]);
        using var request = new HttpRequestMessage(HttpMethod.Get, Url("/a"));
        request.Headers.Add("x-long", new string('a', 10_300));
        using var response = await Http.SendAsync(request, Cancel);
        Assert.Equal(431, (int)response.StatusCode);
    }

    [Fact]
    public async Task Two_lengths_are_no_request()
    {
        await DeployAsync([At("/a", ("POST", Method(Mock(), "POST")))]);
        var host = $"Host: {ApiId}.execute-api.localhost";
        var two = await RawAsync($"POST /dev/a HTTP/1.1\r\n{host}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab");
        Assert.DoesNotContain("HTTP/1.1 200", two, StringComparison.Ordinal);

        // The chunks count, and what follows them is no second request.
        var both = await RawAsync($"POST /dev/a HTTP/1.1\r\n{host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /dev/b HTTP/1.1\r\n{host}\r\n\r\n");
        Assert.DoesNotContain("HTTP/1.1", both.Length > 12 ? both[12..] : "", StringComparison.Ordinal);
    }

    private async Task<string> RawAsync(string head)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Server.Url.Host, Server.Url.Port, Cancel);
        await using var stream = client.GetStream();
        var isWhole = head.Contains("\r\n\r\n", StringComparison.Ordinal);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(isWhole ? head : $"{head}\r\nConnection: close\r\n\r\n"), Cancel);
        if (isWhole)
        {
            client.Client.Shutdown(SocketShutdown.Send);
        }

        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Cancel);
    }
}
