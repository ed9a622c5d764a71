using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Haneul.ApiGateway.Execute.Authorizers;
using Haneul.ApiGateway.Execute.Calls;
using Haneul.ApiGateway.Rest.Execute.Mapping;

namespace Haneul.ApiGateway.Execute.WebSockets;

/// <summary>Something that happens on a connection: it is opened, closed, or a message comes.</summary>
/// <param name="Connection">Where.</param>
/// <param name="Type"><c>CONNECT</c>, <c>MESSAGE</c> or <c>DISCONNECT</c>.</param>
/// <param name="RouteKey">The route that serves it.</param>
/// <param name="RequestId">Its id.</param>
/// <param name="Time">By the cloud's clock.</param>
internal sealed record SocketEvent(SocketConnection Connection, string Type, string RouteKey, string RequestId, DateTimeOffset Time)
{
    /// <summary>The message's id; null for other events.</summary>
    public string? MessageId { get; init; }

    /// <summary>The message; empty for other events.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    public IReadOnlyDictionary<string, string>? StageVariables { get; init; }

    /// <summary>Of the request that opens the connection.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    /// <summary>How the connection was closed.</summary>
    public (int Code, string Reason)? Closed { get; init; }

    /// <summary>The resource that permissions and policies name.</summary>
    public string Arn => $"arn:aws:execute-api:{Connection.Region}:{Connection.Account}:{Connection.ApiId}/{Connection.Stage}/{RouteKey}";

    /// <summary>The event that functions get. <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html"/></summary>
    public ReadOnlyMemory<byte> Write()
    {
        var buffer = new ArrayBufferWriter<byte>(1024 + (Body.Length * 2));
        using (var json = new Utf8JsonWriter(buffer, EventJson.Options))
        {
            json.WriteStartObject();
            WriteRequest(json);
            if (Type == "MESSAGE")
            {
                json.WriteString("body", Body.Span);
            }

            json.WriteBoolean("isBase64Encoded", false);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>What authorizers see too.</summary>
    public void WriteRequest(Utf8JsonWriter json)
    {
        if (Headers.Count > 0)
        {
            EventJson.WriteLast(json, "headers", Headers, nullForNone: false);
            EventJson.WriteLists(json, "multiValueHeaders", Headers, nullForNone: false);
        }

        if (Query.Count > 0)
        {
            EventJson.WriteLast(json, "queryStringParameters", Query, nullForNone: false);
            EventJson.WriteLists(json, "multiValueQueryStringParameters", Query, nullForNone: false);
        }

        if (StageVariables is { Count: > 0 } variables)
        {
            EventJson.WriteLast(json, "stageVariables", [.. variables], nullForNone: false);
        }

        json.WriteStartObject("requestContext");
        json.WriteString("routeKey", RouteKey);
        if (MessageId is not null)
        {
            json.WriteString("messageId", MessageId);
        }

        if (Closed is var (code, reason))
        {
            json.WriteNumber("disconnectStatusCode", code);
            json.WriteString("disconnectReason", reason);
        }

        WriteAuthorizer(json);
        json.WriteString("eventType", Type);
        json.WriteString("extendedRequestId", RequestId);
        json.WriteString("requestTime", EventJson.LogTime(Time));
        json.WriteString("messageDirection", "IN");
        json.WriteString("stage", Connection.Stage);
        json.WriteNumber("connectedAt", Connection.ConnectedAt.ToUnixTimeMilliseconds());
        json.WriteNumber("requestTimeEpoch", Time.ToUnixTimeMilliseconds());
        json.WriteStartObject("identity");
        json.WriteString("userAgent", Connection.UserAgent);
        json.WriteString("sourceIp", Connection.SourceIp);
        json.WriteEndObject();
        json.WriteString("requestId", RequestId);
        json.WriteString("domainName", Connection.Host);
        json.WriteString("connectionId", Connection.Id);
        json.WriteString("apiId", Connection.ApiId);
        json.WriteEndObject();
    }

    /// <summary>The variables <c>$context.*</c>, for templates and logs.</summary>
    public ContextVariables Variables()
    {
        var variables = new ContextVariables
        {
            ["apiId"] = Connection.ApiId,
            ["connectedAt"] = Connection.ConnectedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            ["connectionId"] = Connection.Id,
            ["domainName"] = Connection.Host,
            ["eventType"] = Type,
            ["extendedRequestId"] = RequestId,
            ["identity.sourceIp"] = Connection.SourceIp,
            ["identity.userAgent"] = Connection.UserAgent,
            ["messageDirection"] = "IN",
            ["messageId"] = MessageId,
            ["requestId"] = RequestId,
            ["requestTime"] = EventJson.LogTime(Time),
            ["requestTimeEpoch"] = Time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            ["routeKey"] = RouteKey,
            ["stage"] = Connection.Stage,
            ["authorizer.principalId"] = Connection.Verdict?.PrincipalId,
        };
        foreach (var (name, value) in Connection.Verdict?.Context ?? [])
        {
            variables["authorizer." + name] = AuthorizerVerdict.Text(value);
        }

        return variables;
    }

    private void WriteAuthorizer(Utf8JsonWriter json)
    {
        if (Connection.Verdict is not { } verdict)
        {
            return;
        }

        json.WriteStartObject("authorizer");
        foreach (var (name, value) in verdict.Context ?? [])
        {
            if (name is not ("principalId" or "integrationLatency"))
            {
                json.WriteString(name, AuthorizerVerdict.Text(value));
            }
        }

        json.WriteString("principalId", verdict.PrincipalId);
        json.WriteNumber("integrationLatency", (long)(verdict.Latency ?? TimeSpan.Zero).TotalMilliseconds);
        json.WriteEndObject();
    }
}
