using System.Text;
using Haneul.ApiGateway.Execute.Authorizers;
using Haneul.Integration;
using Microsoft.Extensions.Time.Testing;

namespace Haneul.ApiGateway.Tests.Authorizers;

public sealed class CognitoAuthorizersTests : IDisposable
{
    private const string Arn = "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_one";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly TokenIssuer _pool = new();
    private readonly CognitoAuthorizer _authorizer = new("c1", IdentitySource.Parse("method.request.header.Authorization")!.Value, [Arn], null);

    public void Dispose() => _pool.Dispose();

    [Fact]
    public async Task Id_tokens_pass_without_scopes_and_access_tokens_with_them()
    {
        Assert.True((await AskAsync(Token("id"), [])).IsAllowed);
        Assert.Equal(AuthorizerDecision.Unauthorized, (await AskAsync(Token("access"), [])).Decision);
        Assert.True((await AskAsync(Token("access"), ["read"])).IsAllowed);
        Assert.Equal(AuthorizerDecision.Unauthorized, (await AskAsync(Token("access"), ["admin"])).Decision);
        Assert.Equal(AuthorizerDecision.Unauthorized, (await AskAsync(Token("id"), ["read"])).Decision);
    }

    [Fact]
    public async Task Tokens_of_another_pool_and_another_audience_do_not_pass()
    {
        using var other = new TokenIssuer();
        Assert.Equal(AuthorizerDecision.Unauthorized, (await AskAsync(other.Token(_time.GetUtcNow(), claims => claims["token_use"] = "id"), [])).Decision);
        Assert.Equal(AuthorizerDecision.Unauthorized, (await AskAsync(
            other.Token(_time.GetUtcNow(), claims => { claims["token_use"] = "id"; claims["iss"] = _pool.Url; }), [])).Decision);
        Assert.Equal(AuthorizerDecision.Unauthorized, (await AskAsync(Token("id"), [], _authorizer with { ValidationExpression = "app-.*" })).Decision);
        Assert.Equal(AuthorizerDecision.Unauthorized, (await AskAsync("x", [])).Decision);
    }

    [Fact]
    public async Task A_pool_that_does_not_exist_is_a_failure_and_is_named()
    {
        Assert.Equal(AuthorizerDecision.Failed, (await AskAsync(Token("id"), [], _authorizer with { PoolArns = [Arn + "x"] })).Decision);
        var authorizers = new CognitoAuthorizers([new Pools(_pool)], _time);
        Assert.Null(await authorizers.MissingAsync([Arn], TestContext.Current.CancellationToken));
        Assert.Equal(Arn + "x", await authorizers.MissingAsync([Arn, Arn + "x"], TestContext.Current.CancellationToken));
        Assert.Equal(Arn, await new CognitoAuthorizers([], _time).MissingAsync([Arn], TestContext.Current.CancellationToken));
    }

    private string Token(string use) => _pool.Token(_time.GetUtcNow(), claims =>
    {
        claims["token_use"] = use;
        if (use == "access")
        {
            claims.Remove("aud");
            claims["client_id"] = "shop";
        }
        else
        {
            claims.Remove("scope");
        }
    });

    private async Task<AuthorizerVerdict> AskAsync(string token, IReadOnlyList<string> scopes, CognitoAuthorizer? authorizer = null) =>
        await new CognitoAuthorizers([new Pools(_pool)], _time).AuthorizeAsync(
            authorizer ?? _authorizer, scopes, AuthorizerCalls.Of("GET/a", ("Authorization", token)), TestContext.Current.CancellationToken);

    private sealed class Pools(TokenIssuer issuer) : ICognitoPools
    {
        public ValueTask<CognitoPool?> FindAsync(string userPoolArn, CancellationToken cancel) =>
            new(userPoolArn == Arn ? new CognitoPool(Arn, issuer.Url, Encoding.UTF8.GetBytes(issuer.KeySet())) : null);

        public ValueTask<CognitoPool?> FindByIssuerAsync(string issuerUrl, CancellationToken cancel) => FindAsync(issuerUrl == issuer.Url ? Arn : "", cancel);
    }
}
