using Haneul.ApiGateway.Contracts.V2;

namespace Haneul.ApiGateway.Execute;

/// <summary>A request to an API, as far as the function's event needs it.</summary>
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
