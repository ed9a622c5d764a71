using System.Text.Json;

namespace Haneul.ApiGateway.Execute.Authorizers;

internal enum AuthorizerDecision
{
    Allowed,

    /// <summary>The identity is missing or not known: 401, <c>{"message":"Unauthorized"}</c>.</summary>
    Unauthorized,

    /// <summary>The identity may not: 403.</summary>
    Denied,

    /// <summary>The authorizer could not be called, failed or took too long: 500.</summary>
    Failed,

    /// <summary>The authorizer's answer is none: 500.</summary>
    Misconfigured,
}

/// <summary>What an authorizer says of a request, and what it tells the integration.</summary>
internal sealed record AuthorizerVerdict(AuthorizerDecision Decision)
{
    public static AuthorizerVerdict Unauthorized { get; } = new(AuthorizerDecision.Unauthorized);

    public bool IsAllowed => Decision == AuthorizerDecision.Allowed;

    /// <summary>A statement denied; otherwise none allowed.</summary>
    public bool ExplicitDeny { get; init; }

    /// <summary>Who the caller is, as the authorizer names them.</summary>
    public string? PrincipalId { get; init; }

    /// <summary>The policy that a function answered, JSON; null for other authorizers.</summary>
    public string? Policy { get; init; }

    /// <summary>What the authorizer passes on, in its order; JSON values.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>>? Context { get; init; }

    /// <summary>The API key that the request counts for, with the key source AUTHORIZER.</summary>
    public string? UsageIdentifierKey { get; init; }

    /// <summary>The claims of the token, as texts; null for Lambda authorizers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Claims { get; init; }

    /// <summary>The scopes of the token; null if it has none.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>The value of <c>WWW-Authenticate</c> for a refused token of an HTTP API.</summary>
    public string? Challenge { get; init; }

    /// <summary>How long the authorizer's function took; null if it was not called.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>Why not, for logs.</summary>
    public string? Reason { get; init; }

    /// <summary>A value of <c>$context.authorizer</c>: a property of the context, <c>principalId</c>, or <c>claims.name</c>.</summary>
    public string? Find(string property)
    {
        const string claims = "claims.";
        if (property == "principalId")
        {
            return PrincipalId;
        }

        if (Claims is not null)
        {
            var name = property.StartsWith(claims, StringComparison.Ordinal) ? property[claims.Length..] : property;
            return Claims.FirstOrDefault(claim => claim.Key == name).Value;
        }

        foreach (var (key, value) in Context ?? [])
        {
            if (key == property)
            {
                return Text(value);
            }
        }

        return null;
    }

    /// <summary>A context value as REST and WebSocket APIs pass all of them on: as text.</summary>
    public static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    internal static AuthorizerVerdict Failure(string reason) => new(AuthorizerDecision.Failed) { Reason = reason };
}
