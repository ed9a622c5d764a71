using Haneul.Kernel.Identity;

namespace Haneul.Kernel.Operations;

/// <summary>
/// Calls any operation of any service of this cloud as a client would over HTTP, without a connection: for integrations that are written as
/// requests. Implemented by the gateway: the body is read by the service's own protocol, then authorized and invoked like any other call.
/// </summary>
public interface IServiceCalls
{
    /// <summary>Answers with what the service would send, errors included; never throws for what the request says.</summary>
    /// <param name="request">The request.</param>
    /// <param name="caller">Who calls: a role's session, a user, or a service principal.</param>
    /// <param name="cancel">Ends the wait.</param>
    ValueTask<ServiceAnswer> CallAsync(ServiceRequest request, CallContext caller, CancellationToken cancel);
}

/// <summary>A request to a service. Its operation is named by <see cref="Action"/>, or by method and path where the service is REST.</summary>
public sealed record ServiceRequest
{
    /// <summary>The endpoint prefix, as in <c>dynamodb.us-east-1.amazonaws.com</c>.</summary>
    public required string Service { get; init; }

    /// <summary>The operation's name, such as <c>PutItem</c>; null to route by method and path.</summary>
    public string? Action { get; init; }

    public required string Method { get; init; }

    /// <summary>Percent-encoded; begins with a slash.</summary>
    public string Path { get; init; } = "/";

    /// <summary>Percent-encoded, without the question mark.</summary>
    public string Query { get; init; } = "";

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public ReadOnlyMemory<byte> Body { get; init; }
}

/// <param name="Status">HTTP status.</param>
/// <param name="Headers">Content-Type among them.</param>
/// <param name="Body">All of it.</param>
public sealed record ServiceAnswer(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body);
