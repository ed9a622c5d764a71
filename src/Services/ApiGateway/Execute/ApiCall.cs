using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Execute.Authorizers;
using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.Execute;

/// <summary>A request to a route of an HTTP API.</summary>
internal sealed record ApiCall
{
    public required ApiRecord Api { get; init; }

    public required Stage Stage { get; init; }

    public required RouteMatch Route { get; init; }

    public required string Method { get; init; }

    /// <summary>The path with the stage's name, unless it is the default one; decoded.</summary>
    public required string Path { get; init; }

    /// <summary>As it was sent.</summary>
    public required string RawQuery { get; init; }

    /// <summary>Decoded, in order, with repeats.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Query { get; init; }

    /// <summary>In order; several values of one name are several entries.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The body is text: it is not put into base64.</summary>
    public required bool IsText { get; init; }

    public required string Host { get; init; }

    public required string Protocol { get; init; }

    public required string SourceIp { get; init; }

    public required string UserAgent { get; init; }

    public required string RequestId { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>What the route's authorizer said; null for routes without one.</summary>
    public AuthorizerVerdict? Verdict { get; init; }

    /// <summary>Who signed the request; null for routes that do not ask.</summary>
    public CallContext? Caller { get; init; }

    /// <summary>The scheme, host and port that the client used.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The path inside of the stage; decoded.</summary>
    public required string InnerPath { get; init; }

    /// <summary>What authorizers and policies are asked for: the stage, the method and the path that was called.</summary>
    public string MethodArn => $"arn:aws:execute-api:{Api.Region}:{Api.Account}:{Api.Api.ApiId}/{Stage.StageName}/{Method}{InnerPath}";

    /// <summary>The resource that permissions of functions name: API, stage and route.</summary>
    public string SourceArn
    {
        get
        {
            var route = Route.RouteKey.Replace(" /", "/", StringComparison.Ordinal);
            return $"arn:aws:execute-api:{Api.Region}:{Api.Account}:{Api.Api.ApiId}/{Stage.StageName}/{route}";
        }
    }
}
