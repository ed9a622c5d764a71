using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Execute.Calls;
using Haneul.ApiGateway.Execute.Throttling;
using Haneul.Kernel.Identity;
using Microsoft.Extensions.Logging;

namespace Haneul.ApiGateway.Execute.WebSockets;

/// <summary>Finds the routes of messages and serves them.</summary>
internal sealed class SocketRoutes(
    ApiTable apis, SocketIntegrations integrations, Throttles throttles, SocketReports reports, IIdSource ids, TimeProvider time, ILogger<SocketRoutes> log)
{
    private const int MaxSites = 1024;
    private const int IdBytes = 11;

    // A deployment never changes, so neither does its site.
    private readonly ConcurrentDictionary<(string Api, string Deployment), SocketSite> _sites = new();

    public Stage? FindStage(string api, string name) =>
        StoredJson.Read(apis.Partition, ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Stages, api, name), ApiGatewayRecords.Default.Stage);

    public SocketSite? FindSite(string api, Stage stage)
    {
        if (stage.DeploymentId is not { } deployment)
        {
            return null;
        }

        if (_sites.TryGetValue((api, deployment), out var site))
        {
            return site;
        }

        var key = ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Deployments, api, deployment);
        if (StoredJson.Read(apis.Partition, key, ApiGatewayRecords.Default.DeploymentRecord) is not { } record)
        {
            return null;
        }

        if (_sites.Count >= MaxSites)
        {
            _sites.Clear();
        }

        return _sites[(api, deployment)] = new SocketSite(record);
    }

    /// <summary>An id as AWS makes them for connections and messages.</summary>
    public string NewId()
    {
        Span<byte> bytes = stackalloc byte[IdBytes];
        ids.Fill(bytes);
        return Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_');
    }

    public SocketEvent NewEvent(SocketConnection connection, string type, string routeKey, Stage? stage) =>
        new(connection, type, routeKey, ids.NewUuid(), time.GetUtcNow()) { StageVariables = stage?.StageVariables };

    /// <summary>Counts a request against the limits of its route and of the account.</summary>
    public bool TakeToken(SocketConnection connection, Stage stage, string routeKey)
    {
        var own = stage.RouteSettings?.GetValueOrDefault(routeKey);
        var rate = own?.ThrottlingRateLimit ?? stage.DefaultRouteSettings?.ThrottlingRateLimit;
        var burst = own?.ThrottlingBurstLimit ?? stage.DefaultRouteSettings?.ThrottlingBurstLimit;
        return ((rate is null && burst is null) || throttles.TryTake(
                new ThrottleKey("route", $"{connection.ApiId}/{connection.Stage}", routeKey), rate ?? Throttles.AccountRate, burst ?? Throttles.AccountBurst))
            && throttles.TryTakeOfAccount(connection.Account, connection.Region);
    }

    /// <summary>Serves a message. Never throws.</summary>
    public async Task ServeAsync(SocketConnection connection, ReadOnlyMemory<byte> message)
    {
        try
        {
            await ServeMessageAsync(connection, message);
        }
#pragma warning disable CA1031 // The top of a task that nobody waits for: a defect must not end the connection.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.MessageFailed(log, connection.ApiId, connection.Id, exception);
        }
    }

    /// <summary>Tells the API that a connection has ended.</summary>
    public async Task DisconnectAsync(SocketConnection connection, (int Code, string Reason) closed)
    {
        var stage = FindStage(connection.ApiId, connection.Stage);
        if (stage is null || FindSite(connection.ApiId, stage)?.Find("$disconnect") is not { Integration: not null } route)
        {
            return;
        }

        var e = NewEvent(connection, "DISCONNECT", "$disconnect", stage) with { Closed = closed, Headers = [new("Host", connection.Host)] };
        await CallAsync(route, e, stage);
    }

    /// <summary>Calls a route's integration and reports it.</summary>
    public async Task<SocketReply> CallAsync(SocketRoute route, SocketEvent e, Stage stage)
    {
        var started = time.GetTimestamp();
        var reply = await integrations.CallAsync(route, e);
        reports.Record(e, stage, reply.Error is null ? 200 : 500, time.GetElapsedTime(started), reply);
        return reply;
    }

    private async Task ServeMessageAsync(SocketConnection connection, ReadOnlyMemory<byte> message)
    {
        if (ApiTable.Find(apis.Partition, connection.ApiId) is not { } api || FindStage(connection.ApiId, connection.Stage) is not { } stage
            || FindSite(connection.ApiId, stage) is not { } site)
        {
            await connection.CloseAsync(1001, "Going away");
            return;
        }

        var key = Selection.Evaluate(api.Api.RouteSelectionExpression, message);
        var route = (key is "$connect" or "$disconnect" ? null : site.Find(key)) ?? site.Find("$default");
        var e = NewEvent(connection, "MESSAGE", route?.Route.RouteKey ?? key, stage) with { MessageId = NewId(), Body = message };
        var refusal = route is null ? "Forbidden"
            : !TakeToken(connection, stage, route.Route.RouteKey) ? "Too Many Requests"
            : api.Api.DisableSchemaValidation != true && !site.IsValid(route, message) ? "Bad request body"
            : route.Integration is null ? "Internal server error"
            : null;
        if (refusal is not null)
        {
            reports.Record(e, stage, refusal == "Internal server error" ? 500 : 400, integration: null, reply: null);
            await ErrorAsync(connection, e, refusal);
            return;
        }

        var reply = await CallAsync(route!, e, stage);
        if (reply.Error is not null)
        {
            await ErrorAsync(connection, e, reply.Status == 504 ? "Endpoint request timed out" : "Internal server error");
        }
        else if (route!.Answers && reply.Body.Length > 0)
        {
            await (reply.Body.Length > SocketConnection.MaxMessage
                ? ErrorAsync(connection, e, "Internal server error")
                : connection.SendAsync(reply.Body, CancellationToken.None).AsTask());
        }
    }

    private static async Task ErrorAsync(SocketConnection connection, SocketEvent e, string message)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, EventJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("message", message);
            json.WriteString("connectionId", connection.Id);
            json.WriteString("requestId", e.RequestId);
            json.WriteEndObject();
        }

        await connection.SendAsync(buffer.WrittenMemory, CancellationToken.None);
    }
}
