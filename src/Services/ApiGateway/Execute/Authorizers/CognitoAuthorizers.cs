using Haneul.Integration;

namespace Haneul.ApiGateway.Execute.Authorizers;

/// <summary>
/// Checks tokens of user pools for REST APIs: ID tokens where the method names no scopes, access tokens with one of the scopes where it does.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html"/>
/// </summary>
internal sealed class CognitoAuthorizers(IEnumerable<ICognitoPools> pools, TimeProvider time)
{
    private readonly TokenPatterns _patterns = new();

    /// <summary>Whether all of the pools exist in this cloud: an authorizer of a pool that does not is refused.</summary>
    public async ValueTask<string?> MissingAsync(IReadOnlyList<string> poolArns, CancellationToken cancel)
    {
        foreach (var arn in poolArns)
        {
            if (await FindAsync(arn, cancel) is null)
            {
                return arn;
            }
        }

        return null;
    }

    /// <param name="authorizer">Its settings.</param>
    /// <param name="scopes">The method's scopes.</param>
    /// <param name="call">The request.</param>
    /// <param name="cancel">The client has gone.</param>
    public async ValueTask<AuthorizerVerdict> AuthorizeAsync(
        CognitoAuthorizer authorizer, IReadOnlyList<string> scopes, AuthorizerCall call, CancellationToken cancel)
    {
        var values = authorizer.Source.Find(call);
        if (values.Count != 1 || JsonWebToken.TryParse(JwtAuthorizers.Strip(values[0])) is not { } token)
        {
            return Refused("There is no token, or it is not well-formed.");
        }

        foreach (var arn in authorizer.PoolArns)
        {
            if (await FindAsync(arn, cancel) is not { } pool)
            {
                return AuthorizerVerdict.Failure($"The user pool {arn} does not exist in this cloud.");
            }

            // The pool is chosen by what the token says and believed by the pool's own keys.
            if (pool.Issuer == token.Issuer)
            {
                return WebKeys.Parse(pool.KeySet).Verify(token) ? Decide(authorizer, scopes, token, pool) : Refused("The signature is not the pool's.");
            }
        }

        return Refused("The token is of another issuer.");
    }

    private AuthorizerVerdict Decide(CognitoAuthorizer authorizer, IReadOnlyList<string> scopes, JsonWebToken token, CognitoPool pool)
    {
        if (TokenRules.Refusal(token, pool.Issuer, time.GetUtcNow()) is { } refusal)
        {
            return Refused(refusal);
        }

        var use = token.Text("token_use");
        if (use != (scopes.Count == 0 ? "id" : "access"))
        {
            return Refused(scopes.Count == 0 ? "The token is no ID token." : "The token is no access token.");
        }

        if (scopes.Count > 0 && token.Scopes()?.Any(scopes.Contains) != true)
        {
            return Refused("The token has none of the method's scopes.");
        }

        var audience = token.Text(use == "id" ? "aud" : "client_id") ?? "";
        return _patterns.Matches(authorizer.ValidationExpression, audience)
            ? new AuthorizerVerdict(AuthorizerDecision.Allowed) { PrincipalId = token.Text("sub"), Claims = token.ClaimTexts(), Scopes = token.Scopes() }
            : Refused("The audience does not match the validation expression.");
    }

    private async ValueTask<CognitoPool?> FindAsync(string arn, CancellationToken cancel) =>
        pools.FirstOrDefault() is { } port ? await port.FindAsync(arn, cancel) : null;

    private static AuthorizerVerdict Refused(string why) => AuthorizerVerdict.Unauthorized with { Reason = why };
}
