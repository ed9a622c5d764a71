using System.Text.Json;
using Haneul.Http;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.ApiGateway.Tests.Authorizers;

/// <summary>Authorizers of HTTP APIs over HTTP.</summary>
public sealed class HttpAuthorizerTests : IAsyncLifetime
{
    private const string AuthorizerArn = "arn:aws:lambda:us-east-1:000000000000:function:auth";
    private readonly FakeCallers _callers = new();
    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync(services => services.AddSingleton<ISiteCallers>(_callers));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_lambda_authorizer_decides_and_its_context_reaches_the_function()
    {
        _server.Functions.By[AuthorizerArn] = """{"isAuthorized":true,"context":{"user":"ann","level":7}}""";
        var (api, authorizer, route) = await CreateAsync("2.0", simple: true);
        Assert.Equal(200, (await _server.CallAsync(api, "/items/1?x=2", ("Authorization", "t"))).Status);
        var e = _server.Functions.Events[AuthorizerArn];
        Assert.Equal("REQUEST", e.GetProperty("type").GetString());
        Assert.Equal($"arn:aws:execute-api:us-east-1:000000000000:{api}/$default/GET/items/1", e.GetProperty("routeArn").GetString());
        Assert.Equal("t", e.GetProperty("identitySource")[0].GetString());
        Assert.Equal("GET /items/{id}", e.GetProperty("routeKey").GetString());
        Assert.Equal("2", e.GetProperty("queryStringParameters").GetProperty("x").GetString());
        Assert.False(e.TryGetProperty("body", out _));
        var context = _server.Functions.Events[ApiServer.FunctionArn].GetProperty("requestContext").GetProperty("authorizer").GetProperty("lambda");
        Assert.Equal("ann", context.GetProperty("user").GetString());
        Assert.Equal(7, context.GetProperty("level").GetInt32());

        var missing = await _server.CallAsync(api, "/items/1");
        Assert.Equal((401, """{"message":"Unauthorized"}"""), (missing.Status, missing.Body));
        _server.Functions.By[AuthorizerArn] = """{"isAuthorized":false}""";
        var denied = await _server.CallAsync(api, "/items/1", ("Authorization", "u"));
        Assert.Equal((403, """{"message":"Forbidden"}"""), (denied.Status, denied.Body));
        _server.Functions.By[AuthorizerArn] = "[]";
        var failed = await _server.CallAsync(api, "/items/1", ("Authorization", "v"));
        Assert.Equal((500, """{"message":"Internal Server Error"}"""), (failed.Status, failed.Body));

        // The answer for "t" is kept until the stage's cache is reset.
        Assert.Equal(200, (await _server.CallAsync(api, "/items/1", ("Authorization", "t"))).Status);
        await _server.SendAsync(HttpMethod.Delete, $"/v2/apis/{api}/stages/$default/cache/authorizers");
        Assert.Equal(500, (await _server.CallAsync(api, "/items/1", ("Authorization", "t"))).Status);

        Assert.Contains("is referenced by Route", await _server.RefusedAsync(HttpMethod.Delete, $"/v2/apis/{api}/authorizers/{authorizer}"), StringComparison.Ordinal);
        await _server.SendAsync(HttpMethod.Patch, $"/v2/apis/{api}/routes/{route}", new { authorizationType = "NONE" });
        Assert.Equal(200, (await _server.CallAsync(api, "/items/1")).Status);
        await _server.SendAsync(HttpMethod.Delete, $"/v2/apis/{api}/authorizers/{authorizer}");
        Assert.Contains("Invalid Authorizer identifier", await _server.RefusedAsync(HttpMethod.Get, $"/v2/apis/{api}/authorizers/{authorizer}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_is_asked_for_the_path_that_routing_sees()
    {
        var (api, _, _) = await CreateAsync("1.0", simple: false);
        _server.Functions.By[AuthorizerArn] = $$"""
            {"principalId":"ann","context":{"k":"v"},"policyDocument":{"Version":"2012-10-17","Statement":[
            {"Effect":"Allow","Action":"execute-api:Invoke","Resource":"arn:aws:execute-api:us-east-1:000000000000:{{api}}/*"},
            {"Effect":"Deny","Action":"execute-api:Invoke","Resource":"arn:aws:execute-api:us-east-1:000000000000:{{api}}/$default/GET/items/secret"}]} }
            """;
        Assert.Equal(200, (await _server.CallAsync(api, "/items/1", ("Authorization", "t"))).Status);
        Assert.Equal(403, (await _server.CallAsync(api, "/items/secret", ("Authorization", "t"))).Status);
        Assert.Equal(403, (await _server.CallAsync(api, "/items/%73ecret", ("Authorization", "t"))).Status);
        Assert.Equal(1, _server.Functions.CallsOf(AuthorizerArn));
        var e = _server.Functions.Events[AuthorizerArn];
        Assert.Equal(("1.0", "t"), (e.GetProperty("version").GetString(), e.GetProperty("authorizationToken").GetString()));
        Assert.Equal("/items/{id}", e.GetProperty("resource").GetString());
        Assert.Equal("arn:aws:execute-api:us-east-1:000000000000:" + api + "/authorizers/", _server.Functions.Origins[AuthorizerArn].SourceArn![..^6]);
    }

    [Fact]
    public async Task A_jwt_authorizer_checks_tokens_and_scopes()
    {
        using var issuer = new TokenIssuer();
        var api = await _server.CreateAsync("GET /open", ApiServer.Lambda());
        var authorizer = await _server.PostIdAsync($"/v2/apis/{api}/authorizers", new
        {
            name = "jwt", authorizerType = "JWT", identitySource = new[] { "$request.header.Authorization" },
            jwtConfiguration = new { issuer = issuer.Url, audience = new[] { "shop" } },
        }, "authorizerId");
        await _server.AddRouteAsync(api, "GET /me", ApiServer.Lambda(), new { authorizationType = "JWT", authorizerId = authorizer });
        await _server.AddRouteAsync(
            api, "GET /admin", ApiServer.Lambda("1.0"), new { authorizationType = "JWT", authorizerId = authorizer, authorizationScopes = new[] { "admin", "read" } });
        var now = _server.Time.GetUtcNow();
        var bearer = ("Authorization", "Bearer " + issuer.Token(now));

        Assert.Equal(200, (await _server.CallAsync(api, "/me", bearer)).Status);
        var jwt = _server.Functions.Event.GetProperty("requestContext").GetProperty("authorizer").GetProperty("jwt");
        Assert.Equal("ann", jwt.GetProperty("claims").GetProperty("sub").GetString());
        Assert.Equal(JsonValueKind.Null, jwt.GetProperty("scopes").ValueKind);
        Assert.Equal(200, (await _server.CallAsync(api, "/admin", bearer)).Status);
        Assert.Equal("read", _server.Functions.Event.GetProperty("requestContext").GetProperty("authorizer").GetProperty("scopes")[0].GetString());

        var missing = await _server.CallAsync(api, "/me");
        Assert.Equal(401, missing.Status);
        Assert.Equal("Bearer", missing.Response.Headers.WwwAuthenticate.ToString());
        var expired = await _server.CallAsync(api, "/me", ("Authorization", "Bearer " + issuer.Token(now, claims => claims["exp"] = 1)));
        Assert.Contains("the token has expired", expired.Response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal(403, (await _server.CallAsync(
            api, "/admin", ("Authorization", "Bearer " + issuer.Token(now, claims => claims["scope"] = "write")))).Status);
        Assert.Equal(401, (await _server.CallAsync(api, "/me", bearer, bearer)).Status);
    }

    [Fact]
    public async Task Routes_with_iam_ask_who_signed_and_what_they_may()
    {
        var api = await _server.CreateAsync("GET /me", ApiServer.Lambda(), new { authorizationType = "AWS_IAM" });
        Assert.Equal((403, """{"message":"Forbidden"}"""), ((await _server.CallAsync(api, "/me")).Status, (await _server.CallAsync(api, "/me")).Body));
        _callers.Caller = Principal.Root(AccountId.Default, "AKIA");
        Assert.Equal(200, (await _server.CallAsync(api, "/me")).Status);
        Assert.Equal($"execute-api:Invoke arn:aws:execute-api:us-east-1:000000000000:{api}/$default/GET/me", _callers.Asked);
        var iam = _server.Functions.Event.GetProperty("requestContext").GetProperty("authorizer").GetProperty("iam");
        Assert.Equal(("AKIA", "arn:aws:iam::000000000000:root"), (iam.GetProperty("accessKey").GetString(), iam.GetProperty("userArn").GetString()));
        _callers.Denial = CommonErrors.AccessDeniedException.With("no");
        Assert.Equal(403, (await _server.CallAsync(api, "/me")).Status);
    }

    [Fact]
    public async Task The_aws_cli_manages_authorizers()
    {
        var api = await _server.CreateAsync("GET /a", ApiServer.Lambda());
        var created = await _server.Clients.AwsAsync(
            TestContext.Current.CancellationToken, "apigatewayv2", "create-authorizer", "--api-id", api, "--name", "auth", "--authorizer-type", "REQUEST",
            "--identity-source", "$request.header.Authorization", "--authorizer-uri", ApiServer.FunctionUri, "--authorizer-payload-format-version", "2.0");
        Assert.Equal(300, created.GetProperty("AuthorizerResultTtlInSeconds").GetInt32());
        Assert.False(created.GetProperty("EnableSimpleResponses").GetBoolean());
        var id = created.GetProperty("AuthorizerId").GetString()!;
        var updated = await _server.Clients.AwsAsync(
            TestContext.Current.CancellationToken, "apigatewayv2", "update-authorizer", "--api-id", api, "--authorizer-id", id, "--enable-simple-responses",
            "--authorizer-result-ttl-in-seconds", "0");
        Assert.True(updated.GetProperty("EnableSimpleResponses").GetBoolean());
        var list = await _server.SendAsync(HttpMethod.Get, $"/v2/apis/{api}/authorizers");
        Assert.Equal(0, list.GetProperty("items")[0].GetProperty("authorizerResultTtlInSeconds").GetInt32());
        Assert.Contains("already exists", await _server.RefusedAsync(HttpMethod.Post, $"/v2/apis/{api}/authorizers", Settings("2.0", false, "auth")), StringComparison.Ordinal);
    }

    private static object Settings(string format, bool simple, string name) => new
    {
        name, authorizerType = "REQUEST", identitySource = new[] { "$request.header.Authorization" }, authorizerPayloadFormatVersion = format,
        enableSimpleResponses = simple, authorizerUri = $"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{AuthorizerArn}/invocations",
    };

    private async Task<(string Api, string Authorizer, string Route)> CreateAsync(string format, bool simple)
    {
        var api = await _server.CreateAsync("GET /other", ApiServer.Lambda());
        var authorizer = await _server.PostIdAsync($"/v2/apis/{api}/authorizers", Settings(format, simple, "auth"), "authorizerId");
        return (api, authorizer, await _server.AddRouteAsync(
            api, "GET /items/{id}", ApiServer.Lambda(), new { authorizationType = "CUSTOM", authorizerId = authorizer }));
    }

    /// <summary>Who a test says, who may what a test says.</summary>
    private sealed class FakeCallers : ISiteCallers
    {
        public Principal Caller { get; set; } = Principal.Anonymous;

        public ServiceError? Denial { get; set; }

        public string? Asked { get; private set; }

        public ValueTask<Outcome<CallContext>> AuthenticateAsync(
            HttpContext http, string signingName, ReadOnlyMemory<byte> body, string requestId, CancellationToken cancel) => new(new CallContext
        {
            Principal = Caller, Region = Region.Default, RequestId = requestId, Time = DateTimeOffset.UnixEpoch,
        });

        public ValueTask<ServiceError?> AuthorizeAsync(
            CallContext caller, string action, string resource, ResourceFacts facts, IReadOnlyDictionary<string, string>? keys, CancellationToken cancel)
        {
            Asked = $"{action} {resource}";
            return new(Denial);
        }
    }
}
