using System.Net.WebSockets;
using Haneul.ApiGateway.Contracts.V2;
using Microsoft.AspNetCore.Http;

namespace Haneul.ApiGateway.Execute.WebSockets;

/// <summary>Serves WebSocket APIs: opens connections at a stage's address, and calls to <c>@connections</c> under it.</summary>
internal sealed class WebSocketApis(ApiTable apis, SocketRoutes routes, SocketConnect connect, ConnectionsApi connections, SocketTable table, TimeProvider time)
    : IApiKind
{
    public async ValueTask<bool> TryHandleAsync(ApiRequest request)
    {
        if (ApiTable.Find(apis.Partition, request.Address.ApiId) is not { Api.ProtocolType: ProtocolType.Websocket } api)
        {
            return false;
        }

        var (name, path) = Split(request.Address);
        if (api.Api.DisableExecuteApiEndpoint == true || routes.FindStage(request.Address.ApiId, name) is not { } stage)
        {
            await MessageAnswer.SendAsync(request.Http, 403, "Forbidden");
        }
        else if (path.StartsWith(ConnectionsApi.Prefix, StringComparison.Ordinal) || path.StartsWith(ConnectionsApi.EncodedPrefix, StringComparison.OrdinalIgnoreCase))
        {
            await connections.HandleAsync(request, api, stage, Uri.UnescapeDataString(path[(path.IndexOf('/', 1) + 1)..]));
        }
        else
        {
            await OpenAsync(request, api, stage);
        }

        return true;
    }

    private async Task OpenAsync(ApiRequest request, ApiRecord api, Stage stage)
    {
        var http = request.Http;
        if (!SocketHandshake.IsAsked(http))
        {
            http.Response.Headers.Upgrade = "websocket";
            await MessageAnswer.SendAsync(http, 426, "Upgrade Required");
            return;
        }

        if (!SocketHandshake.IsValid(http.Request))
        {
            http.Response.Headers.SecWebSocketVersion = "13";
            await MessageAnswer.SendAsync(http, 400, "Bad Request");
            return;
        }

        if (routes.FindSite(request.Address.ApiId, stage) is not { } site)
        {
            await MessageAnswer.SendAsync(http, 403, "Forbidden");
            return;
        }

        using var connection = Describe(request, api, stage);
        try
        {
            var e = routes.NewEvent(connection, "CONNECT", "$connect", stage) with { Headers = Headers(http), Query = QueryText.Parse(request.RawQuery) };
            var (status, message, subprotocol) = await connect.AskAsync(http, connection, stage, site, e);
            if (status != 101)
            {
                await MessageAnswer.SendAsync(http, status, message!);
                return;
            }

            await RunAsync(http, connection, subprotocol);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone before it was let in.
        }
    }

    private async Task RunAsync(HttpContext http, SocketConnection connection, string? subprotocol)
    {
        await using var stream = await SocketHandshake.AcceptAsync(http, subprotocol);
        await using var guard = new FrameGuard(stream, SocketConnection.MaxFrame);

        // Clients need not answer pings: a quiet connection ends after ten minutes in any case.
        using var socket = WebSocket.CreateFromStream(
            guard, new WebSocketCreationOptions { IsServer = true, SubProtocol = subprotocol, KeepAliveInterval = Timeout.InfiniteTimeSpan });
        connection.Open(socket);
        table.Add(connection);
        (int Code, string Reason) ended;
        try
        {
            ended = await SocketSession.RunAsync(connection, stream, time, message => routes.ServeAsync(connection, message));
        }
        finally
        {
            table.Remove(connection);
        }

        await routes.DisconnectAsync(connection, ended);
    }

    private SocketConnection Describe(ApiRequest request, ApiRecord api, Stage stage)
    {
        var http = request.Http;
        var now = time.GetUtcNow();
        return new SocketConnection
        {
            Id = routes.NewId(),
            ApiId = api.Api.ApiId!,
            Account = api.Account,
            Region = api.Region,
            Stage = stage.StageName,
            Host = http.Request.Host.Value ?? "",
            Endpoint = $"{http.Request.Scheme}://{http.Request.Host.Value}",
            SourceIp = http.Connection.RemoteIpAddress?.ToString() ?? "",
            UserAgent = http.Request.Headers.UserAgent.ToString(),
            ConnectedAt = now,
            LastActive = now,
        };
    }

    private static List<KeyValuePair<string, string>> Headers(HttpContext http)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (name, values) in http.Request.Headers)
        {
            headers.AddRange(values.Select(value => new KeyValuePair<string, string>(name, value ?? "")));
        }

        headers.Add(new("X-Forwarded-For", http.Connection.RemoteIpAddress?.ToString() ?? ""));
        headers.Add(new("X-Forwarded-Proto", http.Request.Scheme));
        return headers;
    }

    // By host the stage is the first part of the path.
    private static (string Stage, string Path) Split(ApiAddress address)
    {
        if (address.Stage is { } named)
        {
            return (named, address.Path);
        }

        var end = address.Path.IndexOf('/', 1);
        return (Uri.UnescapeDataString(end < 0 ? address.Path[1..] : address.Path[1..end]), end < 0 ? "/" : address.Path[end..]);
    }
}
