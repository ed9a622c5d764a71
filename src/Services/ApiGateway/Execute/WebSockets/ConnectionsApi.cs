using System.Globalization;
using System.Text.Json;
using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Execute.Calls;
using Haneul.Http;
using Haneul.Kernel.Identity;
using Microsoft.AspNetCore.Http;

namespace Haneul.ApiGateway.Execute.WebSockets;

/// <summary>
/// The calls by which backends reach clients: a message is posted to a connection, its facts are read, it is closed.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html"/>
/// </summary>
internal sealed class ConnectionsApi(SocketTable table, ISiteCallers callers, TimeProvider time)
{
    public const string Prefix = "/@connections/";
    public const string EncodedPrefix = "/%40connections/";

    private const string Manage = "execute-api:ManageConnections";

    public async Task HandleAsync(ApiRequest request, ApiRecord api, Stage stage, string connectionId)
    {
        var http = request.Http;
        http.Response.Headers["x-amzn-RequestId"] = request.RequestId;
        if (await RequestBody.ReadAsync(http.Request, SocketConnection.MaxMessage, http.RequestAborted) is not { } body)
        {
            await RefuseAsync(http, 413, "PayloadTooLargeException", "Message too long");
            return;
        }

        if (await DenyAsync(request, api, stage, connectionId, body) is { } denial)
        {
            await RefuseAsync(http, 403, "ForbiddenException", denial);
            return;
        }

        if (table.Find(api.Api.ApiId!, stage.StageName, connectionId) is not { } connection)
        {
            await RefuseAsync(http, 410, "GoneException", "");
            return;
        }

        await (http.Request.Method switch
        {
            "POST" => PostAsync(http, connection, body),
            "GET" => ShowAsync(http, connection),
            "DELETE" => CloseAsync(http, connection),
            _ => RefuseAsync(http, 403, "ForbiddenException", "Missing Authentication Token"),
        });
    }

    private async Task<string?> DenyAsync(ApiRequest request, ApiRecord api, Stage stage, string connectionId, byte[] body)
    {
        var http = request.Http;
        var caller = await callers.AuthenticateAsync(http, "execute-api", body, request.RequestId, http.RequestAborted);
        if (!caller.Succeeded)
        {
            return caller.Error.Message ?? "Forbidden";
        }

        if (caller.Value.Principal.Kind == PrincipalKind.Anonymous)
        {
            return "Missing Authentication Token";
        }

        var arn = $"arn:aws:execute-api:{api.Region}:{api.Account}:{api.Api.ApiId}/{stage.StageName}/{http.Request.Method}/@connections/{connectionId}";
        var denied = await callers.AuthorizeAsync(
            caller.Value, Manage, arn, new ResourceFacts(Policy: null, Account: api.Account), keys: null, http.RequestAborted);
        return denied is null ? null : denied.Message ?? "Forbidden";
    }

    private async Task PostAsync(HttpContext http, SocketConnection connection, byte[] body)
    {
        if (!await connection.SendAsync(body, http.RequestAborted))
        {
            await RefuseAsync(http, 410, "GoneException", "");
            return;
        }

        connection.LastActive = time.GetUtcNow();
        http.Response.StatusCode = 200;
        http.Response.ContentLength = 0;
    }

    private static async Task ShowAsync(HttpContext http, SocketConnection connection)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, EventJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("connectedAt", Text(connection.ConnectedAt));
            json.WriteStartObject("identity");
            json.WriteString("sourceIp", connection.SourceIp);
            json.WriteString("userAgent", connection.UserAgent);
            json.WriteEndObject();
            json.WriteString("lastActiveAt", Text(connection.LastActive));
            json.WriteEndObject();
        }

        http.Response.StatusCode = 200;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), http.RequestAborted);

        static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }

    private static async Task CloseAsync(HttpContext http, SocketConnection connection)
    {
        await connection.CloseAsync(1000, "Connection Closed Normally");
        http.Response.StatusCode = 204;
    }

    private static async Task RefuseAsync(HttpContext http, int status, string error, string message)
    {
        http.Response.Headers["x-amzn-ErrorType"] = error;
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, EventJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("message", message);
            json.WriteEndObject();
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), http.RequestAborted);
    }
}
