using System.Text.Json;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.Testing.Clients;

namespace Haneul.ApiGateway.Tests.Rest;

public sealed class RestAuthorizationTests : RestFixture
{
    private const string Allow = """{"principalId":"ann","policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"execute-api:Invoke","Resource":"RESOURCE"}]},"context":{"tenant":"t1","level":3}}""";

    [Fact]
    public async Task A_token_authorizer_lets_in_whom_its_policy_allows()
    {
        await DeployAsync(
            [At("/a", ("ANY", Custom(Mock("""{"statusCode": 200}""", new IntegrationResponse
            {
                StatusCode = "200",
                ResponseTemplates = new Dictionary<string, string> { ["application/json"] = "$context.authorizer.principalId $context.authorizer.tenant $context.authorizer.level" },
            }))))],
            authorizers: [Token()]);
        using var without = await GetAsync("/a");
        Assert.Equal((401, """{"message":"Unauthorized"}"""), ((int)without.StatusCode, await without.Content.ReadAsStringAsync(Cancel)));
        Assert.Equal("UnauthorizedException", without.Headers.GetValues("x-amzn-ErrorType").Single());

        Functions.Answer = Allow.Replace("RESOURCE", $"arn:aws:execute-api:us-east-1:000000000000:{ApiId}/dev/GET/*", StringComparison.Ordinal);
        Assert.Equal((200, "ann t1 3"), await SendAsync(HttpMethod.Get, "good"));
        Assert.Equal("TOKEN", Functions.Event.GetProperty("type").GetString());
        Assert.Equal("good", Functions.Event.GetProperty("authorizationToken").GetString());
        Assert.Equal($"arn:aws:execute-api:us-east-1:000000000000:{ApiId}/dev/GET/a", Functions.Event.GetProperty("methodArn").GetString());

        // The kept policy is asked anew: leave to read is none to delete.
        Functions.Answer = "null";
        Assert.Equal((200, "ann t1 3"), await SendAsync(HttpMethod.Get, "good"));
        Assert.Equal((403, """{"Message":"User is not authorized to access this resource"}"""), await SendAsync(HttpMethod.Delete, "good"));
    }

    [Fact]
    public async Task What_an_authorizer_says_wrong_is_a_server_error()
    {
        await DeployAsync([At("/a", ("ANY", Custom(Mock())))], authorizers: [Token()]);
        Functions.Answer = Allow.Replace("RESOURCE", "*", StringComparison.Ordinal).Replace("\"Allow\"", "\"Deny\"", StringComparison.Ordinal);
        Assert.Equal((403, """{"Message":"User is not authorized to access this resource with an explicit deny"}"""), await SendAsync(HttpMethod.Get, "1"));
        Functions.Answer = """{"policy":1}""";
        Assert.Equal((500, """{"message":null}"""), await SendAsync(HttpMethod.Get, "2"));
        Functions.FunctionError = "Unhandled";
        Functions.Answer = """{"errorMessage":"Unauthorized"}""";
        Assert.Equal((401, """{"message":"Unauthorized"}"""), await SendAsync(HttpMethod.Get, "3"));
        Functions.Answer = """{"errorMessage":"boom"}""";
        Assert.Equal((500, """{"message":null}"""), await SendAsync(HttpMethod.Get, "4"));
    }

    [Fact]
    public async Task A_request_authorizer_gets_the_request_and_the_function_what_it_says()
    {
        var request = new Authorizer { Id = "auth", Type = "REQUEST", AuthorizerUri = FunctionUri, IdentitySource = "method.request.querystring.k", AuthorizerResultTtlInSeconds = 0 };
        await DeployAsync([At("/a/{id}", ("GET", Custom(Proxy())))], authorizers: [request]);
        Functions.Answer = Allow.Replace("RESOURCE", "*", StringComparison.Ordinal);
        using var response = await GetAsync("/a/7?k=x");

        // The proxy answers with the authorizer's answer, which is no answer to a proxy.
        Assert.Equal(502, (int)response.StatusCode);
        var authorizer = Functions.Event.GetProperty("requestContext").GetProperty("authorizer");
        Assert.Equal(("ann", "3"), (authorizer.GetProperty("principalId").GetString(), authorizer.GetProperty("level").GetString()));
        await ExpectAsync(401, """{"message":"Unauthorized"}""", "/a/7");
    }

    [Fact]
    public async Task Iam_methods_want_a_signature()
    {
        await DeployAsync([At("/a", ("GET", new Method
        {
            HttpMethod = "GET",
            AuthorizationType = "AWS_IAM",
            MethodIntegration = Mock("""{"statusCode": 200}""", new IntegrationResponse
            {
                StatusCode = "200", ResponseTemplates = new Dictionary<string, string> { ["application/json"] = "$context.identity.userArn" },
            }),
        }))]);
        await ExpectAsync(403, """{"message":"Missing Authentication Token"}""", "/a");
        Assert.Equal("arn:aws:iam::000000000000:root", await CurlAsync("/a"));
    }

    [Fact]
    public async Task A_resource_policy_decides_for_everyone()
    {
        string Policy(string effect, string principal) => JsonSerializer.Serialize(JsonDocument.Parse($$"""
            {"Version":"2012-10-17","Statement":[{"Effect":"{{effect}}","Principal":"{{principal}}","Action":"execute-api:Invoke",
            "Resource":"arn:aws:execute-api:us-east-1:000000000000:{{ApiId}}/dev/GET/a"}]}
            """).RootElement);
        await DeployAsync([At("/a", ("GET", Method(Mock()))), At("/b", ("GET", Method(Mock())))], new RestApi { Id = ApiId, Policy = Policy("Allow", "*") });
        await ExpectAsync(200, "", "/a");
        using var denied = await GetAsync("/b");
        Assert.Equal(403, (int)denied.StatusCode);
        Assert.StartsWith(
            $$"""{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********0000:{{ApiId}}/dev/GET/b""",
            await denied.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal("AccessDeniedException", denied.Headers.GetValues("x-amzn-ErrorType").Single());
        await DeployAsync([At("/a", ("GET", Method(Mock())))], new RestApi { Id = ApiId, Policy = Policy("Deny", "*") });
        using var refused = await GetAsync("/a");
        Assert.Equal(403, (int)refused.StatusCode);
    }

    [Fact]
    public async Task An_authorizer_is_tested_and_its_cache_flushed()
    {
        await DeployAsync([At("/a", ("ANY", Custom(Mock())))], authorizers: [Token()]);
        await StoreAsync(Token());
        Functions.Answer = Allow.Replace("RESOURCE", "*", StringComparison.Ordinal);
        var aws = new OfficialClients(Server.Url);
        var tested = await aws.AwsAsync(Cancel, "apigateway", "test-invoke-authorizer", "--rest-api-id", ApiId, "--authorizer-id", "auth", "--headers", "Auth=good");
        Assert.Equal((200, "ann"), (tested.GetProperty("clientStatus").GetInt32(), tested.GetProperty("principalId").GetString()));
        Assert.Contains("execute-api:Invoke", tested.GetProperty("policy").GetString(), StringComparison.Ordinal);
        Assert.Equal(200, (await SendAsync(HttpMethod.Get, "good")).Status);
        Functions.Answer = "null";
        Assert.Equal(200, (await SendAsync(HttpMethod.Get, "good")).Status);
        await aws.AwsAsync(Cancel, "apigateway", "flush-stage-authorizers-cache", "--rest-api-id", ApiId, "--stage-name", "dev");
        Assert.Equal(500, (await SendAsync(HttpMethod.Get, "good")).Status);
    }

    private static Authorizer Token() => new() { Id = "auth", Type = "TOKEN", AuthorizerUri = FunctionUri, IdentitySource = "method.request.header.Auth" };

    private static Method Custom(RestIntegration integration) => new()
    {
        HttpMethod = "ANY", AuthorizationType = "CUSTOM", AuthorizerId = "auth", MethodIntegration = integration,
    };

    private async Task<(int Status, string Body)> SendAsync(HttpMethod method, string token)
    {
        using var request = new HttpRequestMessage(method, Url("/a"));
        request.Headers.Add("Auth", token);
        using var response = await Http.SendAsync(request, Cancel);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancel));
    }

    private Task<string> CurlAsync(string path) => Command.RunAsync(
        "curl", ["-sS", "--aws-sigv4", "aws:amz:us-east-1:execute-api", "--user", "test:test", Url(path).ToString()], environment: null, folder: null, Cancel);
}
