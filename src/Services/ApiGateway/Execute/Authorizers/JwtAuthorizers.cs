using Microsoft.Extensions.Logging;

namespace Haneul.ApiGateway.Execute.Authorizers;

/// <summary>
/// Checks tokens of OpenID Connect and OAuth 2.0 issuers for HTTP APIs.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html"/>
/// </summary>
/// <remarks>
/// The token says neither whose key checks it nor by which kind of algorithm: the issuer is the authorizer's, and keys are RSA keys.
/// </remarks>
internal sealed class JwtAuthorizers(IssuerKeys keys, TimeProvider time, ILogger<JwtAuthorizers> log)
{
    private const string Bearer = "Bearer ";

    /// <param name="authorizer">Its settings.</param>
    /// <param name="scopes">The route's scopes: the token must have one of them, if there are any.</param>
    /// <param name="call">The request.</param>
    /// <param name="cancel">The client has gone.</param>
    public async ValueTask<AuthorizerVerdict> AuthorizeAsync(
        JwtAuthorizer authorizer, IReadOnlyList<string> scopes, AuthorizerCall call, CancellationToken cancel)
    {
        var values = authorizer.Source.Find(call);
        if (values.Count == 0 || values[0].Length == 0)
        {
            return AuthorizerVerdict.Unauthorized with { Challenge = "Bearer", Reason = "There is no token." };
        }

        // Two tokens are none: which of them speaks would depend on who reads.
        if (values.Count > 1 || JsonWebToken.TryParse(Strip(values[0])) is not { } token)
        {
            return Invalid(scopes, "the token is not well-formed");
        }

        try
        {
            var known = await keys.FindAsync(authorizer.Issuer, token.KeyId, cancel);
            if (!known.Verify(token))
            {
                return Invalid(scopes, "the token has an invalid signature");
            }
        }
        catch (IssuerException exception)
        {
            Log.NotAuthorized(log, call.RequestId, call.ApiId, authorizer.Id, exception.Message);
            return AuthorizerVerdict.Failure(exception.Message);
        }

        if (TokenRules.Refusal(token, authorizer.Issuer, time.GetUtcNow()) is { } refusal)
        {
            return Invalid(scopes, refusal);
        }

        // The client's id stands in where the token names no audience.
        var audience = token.Texts("aud") ?? token.Texts("client_id") ?? [];
        if (!audience.Any(authorizer.Audience.Contains))
        {
            return Invalid(scopes, "the token does not have a valid audience");
        }

        var granted = token.Scopes();
        if (scopes.Count > 0 && granted?.Any(scopes.Contains) != true)
        {
            return new AuthorizerVerdict(AuthorizerDecision.Denied)
            {
                Challenge = $"Bearer scope=\"{string.Join(' ', scopes)}\" error=\"insufficient_scope\"",
                Reason = "The token has none of the route's scopes.",
            };
        }

        return new AuthorizerVerdict(AuthorizerDecision.Allowed)
        {
            PrincipalId = token.Text("sub"),
            Claims = token.ClaimTexts(),
            Scopes = scopes.Count > 0 ? granted : null,
        };
    }

    /// <summary>The token, which may stand behind the word <c>Bearer</c>.</summary>
    internal static string Strip(string value) => value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? value[Bearer.Length..].Trim() : value.Trim();

    private static AuthorizerVerdict Invalid(IReadOnlyList<string> scopes, string why) => AuthorizerVerdict.Unauthorized with
    {
        Challenge = $"Bearer scope=\"{string.Join(' ', scopes)}\" error=\"invalid_token\" error_description=\"{why}\"",
        Reason = why,
    };
}
