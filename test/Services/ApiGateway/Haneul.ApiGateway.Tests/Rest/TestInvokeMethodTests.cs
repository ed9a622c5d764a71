using Haneul.ApiGateway.Contracts.V1;
using Haneul.Testing.Clients;

namespace Haneul.ApiGateway.Tests.Rest;

public sealed class TestInvokeMethodTests : RestFixture
{
    [Fact]
    public async Task A_test_tells_what_happened_line_by_line()
    {
        var resource = At("/foo", ("GET", Method(new RestIntegration
        {
            Type = "AWS",
            HttpMethod = "POST",
            Uri = FunctionUri,
            IntegrationResponses = Responses(new IntegrationResponse { StatusCode = "200" }),
        })));
        await DeployAsync([resource]);
        await StoreAsync(resource);
        Functions.Answer = """{"ok":1}""";
        var tested = await new OfficialClients(Server.Url).AwsAsync(
            Cancel, "apigateway", "test-invoke-method", "--rest-api-id", ApiId, "--resource-id", resource.Id!, "--http-method", "GET",
            "--path-with-query-string", "/foo?queryTest=value", "--headers", "content-type=application/json", "--body", """{"test": "val123"}""");
        Assert.Equal(200, tested.GetProperty("status").GetInt32());
        Assert.Equal("""{"ok":1}""", tested.GetProperty("body").GetString());
        Assert.Equal("application/json", tested.GetProperty("headers").GetProperty("Content-Type").GetString());
        var lines = tested.GetProperty("log").GetString()!.Split('\n');
        Assert.StartsWith("Execution log for request ", lines[0], StringComparison.Ordinal);
        Assert.Matches(@"^[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d UTC \d{4} : Starting execution for request: ", lines[1]);
        string[] expected =
        [
            "HTTP Method: GET, Resource Path: /foo", "Method request path: {}", "Method request query string: {queryTest=value}",
            "Method request headers: {content-type=application/json}", """Method request body before transformations: {"test": "val123"}""",
            $"Endpoint request URI: https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/{FunctionArn}/invocations", "Endpoint request headers: ",
            """Endpoint request body after transformations: {"test": "val123"}""",
            $"Sending request to https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/{FunctionArn}/invocations",
            "Received response. Status: 200, Integration latency: ", "Endpoint response headers: {", """Endpoint response body before transformations: {"ok":1}""",
            """Method response body after transformations: {"ok":1}""", "Method response headers: {", "Successfully completed execution",
            "Method completed with status: 200", "",
        ];
        Assert.Equal(expected.Length, lines.Length - 2);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.StartsWith(expected[i], lines[i + 2].Length == 0 ? "" : lines[i + 2].Split(" : ", 2)[1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_failure_is_told_too_and_what_is_not_there_is_refused()
    {
        var resource = At("/foo", ("GET", Method(Mock("{}"))));
        await DeployAsync([resource]);
        await StoreAsync(resource);
        var aws = new OfficialClients(Server.Url);
        var tested = await aws.AwsAsync(Cancel, "apigateway", "test-invoke-method", "--rest-api-id", ApiId, "--resource-id", resource.Id!, "--http-method", "GET");
        Assert.Equal(500, tested.GetProperty("status").GetInt32());
        Assert.Contains("Unable to parse statusCode", tested.GetProperty("log").GetString(), StringComparison.Ordinal);
        Assert.Contains(
            "Invalid Method identifier specified",
            await aws.AwsRefusedAsync(Cancel, "apigateway", "test-invoke-method", "--rest-api-id", ApiId, "--resource-id", resource.Id!, "--http-method", "PUT"),
            StringComparison.Ordinal);
    }
}
