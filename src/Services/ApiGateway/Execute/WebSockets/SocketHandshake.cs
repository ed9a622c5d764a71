using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Haneul.ApiGateway.Execute.WebSockets;

/// <summary>The HTTP request that opens a WebSocket. <see href="https://www.rfc-editor.org/rfc/rfc6455#section-4.2"/></summary>
internal static class SocketHandshake
{
    private const string Guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const int KeyBytes = 16;

    /// <summary>Whether a request asks for a WebSocket.</summary>
    public static bool IsAsked(HttpContext http) =>
        http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } && HttpMethods.IsGet(http.Request.Method)
        && http.Request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the request is in order: the version and a key of sixteen bytes.</summary>
    public static bool IsValid(HttpRequest request)
    {
        Span<byte> key = stackalloc byte[KeyBytes + 1];
        return request.Headers.SecWebSocketVersion.ToString() == "13" && request.Headers.SecWebSocketKey is [{ Length: 24 } text]
            && Convert.TryFromBase64String(text, key, out var length) && length == KeyBytes;
    }

    /// <summary>Switches to the protocol.</summary>
    public static Task<Stream> AcceptAsync(HttpContext http, string? subprotocol)
    {
        // The hash shows that the server speaks the protocol; it keeps no secret.
#pragma warning disable CA5350
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(http.Request.Headers.SecWebSocketKey + Guid)));
#pragma warning restore CA5350
        var headers = http.Response.Headers;
        headers.Connection = "Upgrade";
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = accept;
        if (subprotocol is not null)
        {
            headers.SecWebSocketProtocol = subprotocol;
        }

        return http.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }
}
