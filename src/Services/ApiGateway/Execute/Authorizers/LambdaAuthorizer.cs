namespace Haneul.ApiGateway.Execute.Authorizers;

/// <summary>The form of the event that a Lambda authorizer gets.</summary>
internal enum AuthorizerEvent
{
    /// <summary>A token alone. REST APIs.</summary>
    Token,

    /// <summary>The request. REST and WebSocket APIs.</summary>
    Request,

    /// <summary>The request in format 1.0. HTTP APIs.</summary>
    HttpOne,

    /// <summary>The request in format 2.0. HTTP APIs.</summary>
    HttpTwo,
}

/// <summary>The settings of a Lambda authorizer.</summary>
internal sealed record LambdaAuthorizer
{
    public static readonly TimeSpan DefaultTtl = TimeSpan.FromSeconds(300);

    public required string Id { get; init; }

    public required AuthorizerEvent Event { get; init; }

    /// <summary>The function, in the form of an integration's URI; may hold stage variables.</summary>
    public required string Uri { get; init; }

    /// <summary>The role that calls the function; null where the function's policy lets the authorizer call it.</summary>
    public string? CredentialsArn { get; init; }

    /// <summary>All of them must be in the request. A TOKEN authorizer has one header.</summary>
    public required IReadOnlyList<IdentitySource> Sources { get; init; }

    /// <summary>A regular expression that a TOKEN authorizer's whole token must match before the function is called.</summary>
    public string? ValidationExpression { get; init; }

    /// <summary>How long answers are kept for the same identity; zero for never.</summary>
    public TimeSpan Ttl { get; init; } = DefaultTtl;

    /// <summary>The function answers <c>isAuthorized</c> instead of a policy. Format 2.0 alone.</summary>
    public bool SimpleResponses { get; init; }

    /// <summary>How long the function may take. <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html"/></summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>HTTP APIs pass objects and lists in the context on; the others refuse them.</summary>
    public bool AllowsNestedContext => Event is AuthorizerEvent.HttpOne or AuthorizerEvent.HttpTwo;
}
