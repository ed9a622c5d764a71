using Haneul.ApiGateway.Execute.Authorizers;
using Haneul.Kernel.Errors;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Haneul.ApiGateway.Tests.Authorizers;

public sealed class LambdaAuthorizersTests
{
    private const string Function = "arn:aws:lambda:us-east-1:000000000000:function:auth";

    private readonly FakeFunctions _functions = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly LambdaAuthorizers _authorizers;

    private readonly LambdaAuthorizer _token = new()
    {
        Id = "a1", Event = AuthorizerEvent.Token, Uri = Function, Sources = [IdentitySource.Parse("method.request.header.Auth")!.Value],
    };

    public LambdaAuthorizersTests() => _authorizers = new LambdaAuthorizers([_functions], [], _time, NullLogger<LambdaAuthorizers>.Instance);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cached_answer_is_evaluated_for_each_method()
    {
        _functions.Answer = Policy("Allow", AuthorizerCalls.Prefix + "GET/items/*");
        var get = await AskAsync(_token, "GET/items/1", ("Auth", "t"));
        Assert.True(get.IsAllowed);
        Assert.Equal("ann", get.PrincipalId);
        Assert.Equal("7", get.Find("level"));
        Assert.Equal("k", get.UsageIdentifierKey);
        Assert.Equal("TOKEN", _functions.Event.GetProperty("type").GetString());
        Assert.Equal("t", _functions.Event.GetProperty("authorizationToken").GetString());
        Assert.Equal("arn:aws:execute-api:us-east-1:000000000000:api/authorizers/a1", _functions.Origin!.SourceArn);

        var delete = await AskAsync(_token, "DELETE/items/1", ("Auth", "t"));
        Assert.Equal(AuthorizerDecision.Denied, delete.Decision);
        Assert.False(delete.ExplicitDeny);
        Assert.Equal(1, _functions.Calls);
        await AskAsync(_token, "GET/items/1", ("Auth", "other"));
        Assert.Equal(2, _functions.Calls);
    }

    [Fact]
    public async Task Answers_are_kept_as_long_as_the_settings_say_and_not_over_a_flush()
    {
        _functions.Answer = Policy("Allow", "*");
        await AskAsync(_token, "GET/a", ("Auth", "t"));
        _time.Advance(TimeSpan.FromSeconds(299));
        await AskAsync(_token, "GET/a", ("Auth", "t"));
        Assert.Equal(1, _functions.Calls);
        _time.Advance(TimeSpan.FromSeconds(2));
        await AskAsync(_token, "GET/a", ("Auth", "t"));
        Assert.Equal(2, _functions.Calls);
        _authorizers.Cache.Flush("api", "other");
        await AskAsync(_token, "GET/a", ("Auth", "t"));
        Assert.Equal(2, _functions.Calls);
        _authorizers.Cache.Flush("api", "prod");
        await AskAsync(_token, "GET/a", ("Auth", "t"));
        Assert.Equal(3, _functions.Calls);
        await AskAsync(_token with { Ttl = TimeSpan.Zero }, "GET/a", ("Auth", "t"));
        await AskAsync(_token with { Ttl = TimeSpan.Zero }, "GET/a", ("Auth", "t"));
        Assert.Equal(5, _functions.Calls);
    }

    [Fact]
    public async Task Identities_of_several_parts_do_not_share_answers_by_accident()
    {
        var two = _token with
        {
            Event = AuthorizerEvent.Request, Sources = IdentitySource.ParseList("method.request.header.a, method.request.header.b,stageVariables.v"),
        };
        _functions.Answer = Policy("Allow", "*");
        await AskAsync(two, "GET/a", ("a", "xy"), ("b", "z"));
        await AskAsync(two, "GET/a", ("a", "x"), ("b", "yz"));
        await AskAsync(two, "GET/a", ("a", "x,y"), ("b", "z"));
        await AskAsync(two, "GET/a", ("a", "x"), ("a", "y"), ("b", "z"));
        Assert.Equal(4, _functions.Calls);
        Assert.Equal("REQUEST", _functions.Event.GetProperty("type").GetString());
        Assert.Equal("/x", _functions.Event.GetProperty("path").GetString());
        Assert.Equal(AuthorizerDecision.Unauthorized, (await AskAsync(two, "GET/a", ("a", "x"))).Decision);
        Assert.Equal(AuthorizerDecision.Unauthorized, (await AskAsync(two, "GET/a", ("a", "x"), ("b", ""))).Decision);
        Assert.Equal(4, _functions.Calls);
    }

    [Fact]
    public async Task A_token_that_does_not_match_is_refused_without_a_call()
    {
        var strict = _token with { ValidationExpression = "Bearer [a-z]+" };
        Assert.Equal(AuthorizerDecision.Unauthorized, (await AskAsync(strict, "GET/a", ("Auth", "Bearer 1"))).Decision);
        Assert.Equal(AuthorizerDecision.Unauthorized, (await AskAsync(strict, "GET/a", ("Auth", "Bearer a\n1"))).Decision);
        Assert.Equal(AuthorizerDecision.Unauthorized, (await AskAsync(strict, "GET/a")).Decision);
        var bomb = _token with { ValidationExpression = "(a+)+b" };
        Assert.Equal(AuthorizerDecision.Unauthorized, (await AskAsync(bomb, "GET/a", ("Auth", new string('a', 5000)))).Decision);
        Assert.Equal(0, _functions.Calls);
        _functions.Answer = Policy("Allow", "*");
        Assert.True((await AskAsync(strict, "GET/a", ("Auth", "Bearer abc"))).IsAllowed);
    }

    [Theory]
    [InlineData("Allow", "arn:aws:execute-api:*:*:*", true, false)]
    [InlineData("Allow", "arn:aws:execute-api:us-east-1:000000000000:api/*/GET/a", true, false)]
    [InlineData("Allow", "arn:aws:execute-api:us-east-1:000000000000:other/*", false, false)]
    [InlineData("Deny", "*", false, true)]
    public async Task Policies_decide(string effect, string resource, bool allowed, bool denied)
    {
        _functions.Answer = Policy(effect, resource);
        var verdict = await AskAsync(_token, "GET/a", ("Auth", "t"));
        Assert.Equal((allowed, denied), (verdict.IsAllowed, verdict.ExplicitDeny));
    }

    [Fact]
    public async Task A_denial_wins_and_conditions_are_asked()
    {
        _functions.Answer = """
            {"principalId":"ann","policyDocument":{"Version":"2012-10-17","Statement":[
            {"Effect":"Allow","Action":"execute-api:*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}},
            {"Effect":"Deny","Action":"execute-api:Invoke","Resource":"*/DELETE/*"}]}}
            """;
        Assert.True((await AskAsync(_token, "GET/a", ("Auth", "t"))).IsAllowed);
        Assert.False((await _authorizers.AuthorizeAsync(
            _token, AuthorizerCalls.Of("GET/a", ("Auth", "t")) with { SourceIp = System.Net.IPAddress.Loopback }, Cancel)).IsAllowed);
    }

    [Theory]
    [InlineData("""{"policyDocument":{"Version":"2012-10-17","Statement":[]}}""")]
    [InlineData("""{"principalId":"ann"}""")]
    [InlineData("""{"principalId":"ann","policyDocument":{"Statement":[{"Effect":"Maybe","Action":"*","Resource":"*"}]}}""")]
    [InlineData("""{"principalId":"ann","policyDocument":{"Version":"2012-10-17","Statement":[]},"context":{"a":{"b":1}}}""")]
    [InlineData("""{"principalId":"ann","policyDocument":{"Version":"2012-10-17","Statement":[]},"context":{"a":"\ud800"}}""")]
    [InlineData("null")]
    [InlineData("nonsense")]
    public async Task Answers_of_another_form_are_the_authorizers_fault(string answer)
    {
        _functions.Answer = answer;
        Assert.Equal(AuthorizerDecision.Misconfigured, (await AskAsync(_token, "GET/a", ("Auth", "t"))).Decision);
        _functions.Answer = Policy("Allow", "*");
        Assert.True((await AskAsync(_token, "GET/a", ("Auth", "t"))).IsAllowed); // failures are not kept
    }

    [Fact]
    public async Task Failures_are_told_apart()
    {
        _functions.FunctionError = "Unhandled";
        _functions.Answer = """{"errorMessage":"Unauthorized","errorType":"Error"}""";
        Assert.Equal(AuthorizerDecision.Unauthorized, (await AskAsync(_token, "GET/a", ("Auth", "t"))).Decision);
        _functions.Answer = """{"errorMessage":"oh","errorType":"Error"}""";
        Assert.Equal(AuthorizerDecision.Failed, (await AskAsync(_token, "GET/a", ("Auth", "t"))).Decision);
        _functions.Error = new ErrorShape("AccessDeniedException", 403).With("no");
        Assert.Equal(AuthorizerDecision.Failed, (await AskAsync(_token, "GET/a", ("Auth", "t"))).Decision);
        Assert.Equal(AuthorizerDecision.Failed, (await AskAsync(_token with { CredentialsArn = "arn:aws:iam::000000000000:role/r" }, "GET/a", ("Auth", "t"))).Decision);

        _functions.Error = null;
        _functions.Hangs = true;
        var pending = AskAsync(_token, "GET/a", ("Auth", "t"));
        while (!pending.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(11));
            await Task.Yield();
        }

        Assert.Equal(AuthorizerDecision.Failed, (await pending).Decision);
    }

    [Fact]
    public async Task Simple_answers_say_yes_or_no()
    {
        var simple = _token with { Event = AuthorizerEvent.HttpTwo, SimpleResponses = true, Sources = IdentitySource.ParseAll(["$request.header.Auth", "$context.routeKey"]) };
        _functions.Answer = """{"isAuthorized":true,"context":{"list":["a"],"n":1}}""";
        var verdict = await AskAsync(simple, "GET/a", ("Auth", "t"));
        Assert.True(verdict.IsAllowed);
        Assert.Equal("""["a"]""", verdict.Find("list"));
        Assert.Equal(["t", "GET/a"], _functions.Event.GetProperty("identitySource").EnumerateArray().Select(value => value.GetString()));
        Assert.Equal(AuthorizerCalls.Prefix + "GET/a", _functions.Event.GetProperty("routeArn").GetString());
        _functions.Answer = """{"isAuthorized":"true"}""";
        Assert.Equal(AuthorizerDecision.Misconfigured, (await AskAsync(simple, "GET/b", ("Auth", "t"))).Decision);
        _functions.Answer = """{"isAuthorized":false}""";
        Assert.Equal(AuthorizerDecision.Denied, (await AskAsync(simple, "GET/c", ("Auth", "t"))).Decision);
    }

    [Fact]
    public void The_cache_is_bounded()
    {
        var cache = new AuthorizerCache(_time);
        var answer = LambdaAnswer.Parse("""{"isAuthorized":true}"""u8.ToArray(), simple: true, nestedContext: true)!;
        for (var i = 0; i <= AuthorizerCache.MaxEntries; i++)
        {
            cache.Put(Key(i), answer, TimeSpan.FromSeconds(9), cache.Flushes);
        }

        Assert.Null(cache.Find(Key(0)));
        Assert.NotNull(cache.Find(Key(1)));
        var before = cache.Flushes;
        cache.Flush("api", null);
        cache.Put(Key(1), answer, TimeSpan.FromSeconds(9), before);
        Assert.Null(cache.Find(Key(1)));

        static AuthorizerCacheKey Key(int i) => new("api", "prod", "a", $"{i}");
    }

    private static string Policy(string effect, string resource) => $$"""
        {"principalId":"ann","usageIdentifierKey":"k","context":{"level":7},"policyDocument":{"Version":"2012-10-17",
        "Statement":[{"Effect":"{{effect}}","Action":"execute-api:Invoke","Resource":"{{resource}}"}]} }
        """;

    private async Task<AuthorizerVerdict> AskAsync(LambdaAuthorizer authorizer, string method, params (string, string)[] headers) =>
        await _authorizers.AuthorizeAsync(authorizer, AuthorizerCalls.Of(method, headers), Cancel);
}
