using System.Net;
using System.Text.Json;

namespace Haneul.ApiGateway.Execute.Authorizers;

/// <summary>A request as an authorizer sees it, whatever kind of API it is for.</summary>
internal sealed record AuthorizerCall
{
    public required string ApiId { get; init; }

    /// <summary>The API's owner.</summary>
    public required string Account { get; init; }

    public required string Region { get; init; }

    public required string Stage { get; init; }

    /// <summary>
    /// What is asked for: <c>arn:aws:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/path</c>. The path is the one that routing saw, so that no other
    /// spelling of it escapes a policy.
    /// </summary>
    public required string MethodArn { get; init; }

    public required string RequestId { get; init; }

    /// <summary>By the cloud's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>In order; several values of one name are several entries.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>Decoded, in order, with repeats.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Query { get; init; }

    public IReadOnlyDictionary<string, string>? StageVariables { get; init; }

    /// <summary>Context variables by name, without <c>$context.</c>; null for unknown ones.</summary>
    public required Func<string, string?> Context { get; init; }

    /// <summary>
    /// Writes what a REQUEST event tells of the request into the event's open object: path, headers, parameters, request context. Not asked for TOKEN
    /// events, nor when the answer is in the cache.
    /// </summary>
    public required Action<Utf8JsonWriter> WriteRequest { get; init; }

    public IPAddress? SourceIp { get; init; }

    public string? UserAgent { get; init; }

    public bool SecureTransport { get; init; }

    /// <summary>The cloud's own address, as the caller used it.</summary>
    public string Endpoint { get; init; } = "http://127.0.0.1:4566";
}
