using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Haneul.ApiGateway.Execute.Authorizers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Haneul.ApiGateway.Tests.Authorizers;

public sealed class JwtAuthorizersTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly TokenIssuer _issuer = new();
    private readonly IssuerKeys _keys;
    private readonly JwtAuthorizers _authorizers;
    private readonly JwtAuthorizer _shop;

    public JwtAuthorizersTests()
    {
        _keys = new IssuerKeys(_time, []);
        _authorizers = new JwtAuthorizers(_keys, _time, NullLogger<JwtAuthorizers>.Instance);
        _shop = new JwtAuthorizer("j1", IdentitySource.Parse("$request.header.Authorization")!.Value, _issuer.Url, ["shop", "app"]);
    }

    private DateTimeOffset Now => _time.GetUtcNow();

    public void Dispose()
    {
        _keys.Dispose();
        _issuer.Dispose();
    }

    [Fact]
    public async Task A_good_token_passes_with_its_claims()
    {
        var verdict = await AskAsync(_issuer.Token(Now, claims => claims["cognito:groups"] = new JsonArray("a", "b")));
        Assert.True(verdict.IsAllowed, verdict.Reason);
        Assert.Equal("ann", verdict.Find("claims.sub"));
        Assert.Equal("[a b]", verdict.Find("claims.cognito:groups"));
        Assert.Null(verdict.Scopes);
        Assert.True((await AskAsync(_issuer.Token(Now), bearer: "")).IsAllowed);
        Assert.True((await AskAsync(_issuer.Token(Now), scopes: ["write", "admin"])).IsAllowed);
        Assert.Equal(["read"], (await AskAsync(_issuer.Token(Now, claims => { claims.Remove("scope"); claims["scp"] = new JsonArray("read"); }), scopes: ["read"])).Scopes);
        Assert.Equal(1, _issuer.Fetches);
    }

    [Fact]
    public async Task Scopes_are_asked()
    {
        var verdict = await AskAsync(_issuer.Token(Now), scopes: ["admin"]);
        Assert.Equal(AuthorizerDecision.Denied, verdict.Decision);
        Assert.Equal("Bearer scope=\"admin\" error=\"insufficient_scope\"", verdict.Challenge);
        Assert.False((await AskAsync(_issuer.Token(Now, claims => claims.Remove("scope")), scopes: ["read"])).IsAllowed);
        Assert.False((await AskAsync(_issuer.Token(Now, claims => claims["scope"] = "reader"), scopes: ["read"])).IsAllowed);
    }

    [Fact]
    public async Task Claims_that_do_not_hold_are_refused()
    {
        await RefusedAsync("the token has expired", claims => claims["exp"] = Now.ToUnixTimeSeconds());
        await RefusedAsync("the token has expired", claims => claims.Remove("exp"));
        await RefusedAsync("the token has an invalid time", claims => claims["exp"] = "2099");
        await RefusedAsync("the token is not valid yet", claims => claims["nbf"] = Now.ToUnixTimeSeconds() + 5);
        await RefusedAsync("the token is not valid yet", claims => claims["iat"] = Now.ToUnixTimeSeconds() + 5);
        await RefusedAsync("the token has an invalid issuer", claims => claims["iss"] = _issuer.Url + "/");
        await RefusedAsync("the token has an invalid issuer", claims => claims.Remove("iss"));
        await RefusedAsync("the token does not have a valid audience", claims => claims["aud"] = "other");
        await RefusedAsync("the token does not have a valid audience", claims => { claims["aud"] = "other"; claims["client_id"] = "shop"; });
        await RefusedAsync("the token does not have a valid audience", claims => claims.Remove("aud"));
        Assert.True((await AskAsync(_issuer.Token(Now, claims => { claims.Remove("aud"); claims["client_id"] = "app"; }))).IsAllowed);
        Assert.True((await AskAsync(_issuer.Token(Now, claims => claims["aud"] = new JsonArray("x", "app")))).IsAllowed);
        var token = _issuer.Token(Now);
        _time.Advance(TimeSpan.FromSeconds(601));
        Assert.Equal(AuthorizerDecision.Unauthorized, (await AskAsync(token)).Decision);
    }

    [Fact]
    public async Task Forged_tokens_are_refused()
    {
        // No algorithm, and the public key as the secret of an HMAC.
        var claims = _issuer.Token(Now).Split('.')[1];
        await RefusedAsync($"{TokenIssuer.Part(new JsonObject { ["alg"] = "none", ["kid"] = "one" })}.{claims}.");
        foreach (var secret in new[] { Encoding.UTF8.GetBytes(_issuer.PublicPem("one")), _issuer.PublicKey("one").Modulus! })
        {
            var signed = $"{TokenIssuer.Part(new JsonObject { ["alg"] = "HS256", ["kid"] = "one" })}.{claims}";
            await RefusedAsync($"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)))}");
        }

        // Another issuer's key under this one's key id, and a key that the token brings itself.
        using var other = new TokenIssuer();
        await RefusedAsync(other.Token(Now, body => body["iss"] = _issuer.Url));
        await RefusedAsync(other.Token(Now, body => body["iss"] = _issuer.Url, header: head =>
        {
            head["jku"] = other.Url + "/keys";
            head["jwk"] = JsonNode.Parse(other.KeySet())!["keys"]![0]!.DeepClone();
        }));

        // The right key under a wrong name, no name, an algorithm that is not the key's, changed claims, twisted forms.
        _issuer.AddKey("two");
        await RefusedAsync(_issuer.Token(Now, keyId: "two", header: head => head["kid"] = "one"));
        await RefusedAsync(_issuer.Token(Now, header: head => head.Remove("kid")));
        await RefusedAsync(_issuer.Token(Now, header: head => head["alg"] = "RS512"));
        await RefusedAsync(_issuer.Token(Now, header: head => head["crit"] = new JsonArray("b64")));
        var parts = _issuer.Token(Now).Split('.');
        await RefusedAsync($"{parts[0]}.{_issuer.Token(Now, body => body["sub"] = "root").Split('.')[1]}.{parts[2]}");
        await RefusedAsync($"{parts[0]}.{parts[1]}.");
        await RefusedAsync($"{parts[0]}.{parts[1]}");
        await RefusedAsync("..");
        await RefusedAsync(_issuer.Token(Now, body => body["pad"] = new string('a', 20_000)));
    }

    [Fact]
    public async Task Two_tokens_are_none_and_a_missing_one_is_said()
    {
        var call = AuthorizerCalls.Of("GET/a", ("Authorization", "Bearer " + _issuer.Token(Now)), ("authorization", "Bearer " + _issuer.Token(Now)));
        Assert.Equal(AuthorizerDecision.Unauthorized, (await _authorizers.AuthorizeAsync(_shop, [], call, TestContext.Current.CancellationToken)).Decision);
        var missing = await _authorizers.AuthorizeAsync(_shop, [], AuthorizerCalls.Of("GET/a"), TestContext.Current.CancellationToken);
        Assert.Equal("Bearer", missing.Challenge);
    }

    [Fact]
    public async Task Unknown_keys_are_fetched_now_and_then()
    {
        Assert.True((await AskAsync(_issuer.Token(Now))).IsAllowed);
        for (var i = 0; i < 5; i++)
        {
            await RefusedAsync(_issuer.Token(Now, header: head => head["kid"] = $"made-up-{i}"));
        }

        Assert.Equal(1, _issuer.Fetches);
        _issuer.AddKey("new");
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.True((await AskAsync(_issuer.Token(Now, keyId: "new"))).IsAllowed);
        Assert.Equal(2, _issuer.Fetches);
        _time.Advance(TimeSpan.FromHours(3));
        Assert.True((await AskAsync(_issuer.Token(Now))).IsAllowed);
        Assert.Equal(3, _issuer.Fetches);
    }

    [Fact]
    public async Task An_issuer_that_is_away_is_a_failure_until_its_keys_are_known()
    {
        var away = _shop with { Issuer = "http://127.0.0.1:1" };
        var token = _issuer.Token(Now, claims => claims["iss"] = away.Issuer);
        var verdict = await _authorizers.AuthorizeAsync(away, [], AuthorizerCalls.Of("GET/a", ("Authorization", token)), TestContext.Current.CancellationToken);
        Assert.Equal(AuthorizerDecision.Failed, verdict.Decision);
        Assert.True((await AskAsync(_issuer.Token(Now))).IsAllowed);
        var lasting = _issuer.Token(Now, claims => claims["exp"] = Now.ToUnixTimeSeconds() + 100_000);
        _issuer.Dispose();
        _time.Advance(TimeSpan.FromHours(3));
        Assert.True((await AskAsync(lasting)).IsAllowed);
    }

    [Fact]
    public void Only_https_and_this_machine_are_asked()
    {
        Assert.True(IssuerKeys.MayAsk("https://issuer.example"));
        Assert.True(IssuerKeys.MayAsk("http://127.0.0.1:80"));
        Assert.False(IssuerKeys.MayAsk("http://169.254.169.254/"));
        Assert.False(IssuerKeys.MayAsk("file:///etc/passwd"));
        Assert.False(IssuerKeys.MayAsk("issuer"));
    }

    private async Task RefusedAsync(string token) => Assert.Equal(AuthorizerDecision.Unauthorized, (await AskAsync(token)).Decision);

    private async Task RefusedAsync(string why, Action<JsonObject> change)
    {
        var verdict = await AskAsync(_issuer.Token(Now, change));
        Assert.Equal(AuthorizerDecision.Unauthorized, verdict.Decision);
        Assert.Equal(why, verdict.Reason);
        Assert.Contains($"error_description=\"{why}\"", verdict.Challenge, StringComparison.Ordinal);
    }

    private async Task<AuthorizerVerdict> AskAsync(string token, string bearer = "Bearer ", IReadOnlyList<string>? scopes = null) =>
        await _authorizers.AuthorizeAsync(
            _shop, scopes ?? [], AuthorizerCalls.Of("GET/a", ("authorization", bearer + token)), TestContext.Current.CancellationToken);
}
