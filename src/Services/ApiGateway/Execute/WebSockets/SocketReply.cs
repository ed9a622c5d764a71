namespace Haneul.ApiGateway.Execute.WebSockets;

/// <summary>What a route's integration answered.</summary>
/// <param name="Status">HTTP status: of the function's answer, the endpoint or the mock.</param>
/// <param name="Body">For the client, where the route answers.</param>
/// <param name="Headers">Of the function's answer.</param>
/// <param name="Error">Why there is no answer; null if there is one.</param>
internal sealed record SocketReply(
    int Status, ReadOnlyMemory<byte> Body, IReadOnlyList<KeyValuePair<string, string>> Headers, string? Error = null)
{
    public static SocketReply Failed(string error, int status = 500) => new(status, default, [], error);
}
