using System.Text.Json;
using Haneul.Gateway.Routing;
using Microsoft.AspNetCore.Http;

namespace Haneul.Gateway.Stages;

/// <summary>Stage 1: what every browser and every monitor may ask before a service is known: CORS preflights and health; and the operator's clock and explanations.</summary>
internal sealed class Admit(ServiceMap map, GatewayOptions options, OperatorClock clock, OperatorExplain explain)
{
    /// <returns>True when the request has been answered.</returns>
    public async ValueTask<bool> HandleAsync(GatewayRequest request)
    {
        var http = request.Http;
        var path = request.Wire.RawPath;
        if (path is "/_haneul/health" or "/_localstack/health")
        {
            await HealthAsync(http);
            return true;
        }

        if (path == OperatorClock.Path)
        {
            await clock.HandleAsync(http);
            return true;
        }

        if (path == OperatorExplain.Path)
        {
            await explain.HandleAsync(http);
            return true;
        }

        if (http.Request.Headers.Origin is [{ Length: > 0 } origin])
        {
            // Any page that a user opens could otherwise act as the cloud's administrator through the user's own browser.
            if (!IsLocal(origin))
            {
                http.Response.StatusCode = 403;
                return true;
            }

            var headers = http.Response.Headers;
            headers.AccessControlAllowOrigin = origin;
            headers.Vary = "Origin";
            headers.AccessControlExposeHeaders = "*, x-amzn-RequestId, x-amzn-ErrorType, x-amz-request-id, ETag";
            if (HttpMethods.IsOptions(http.Request.Method) && http.Request.Headers.ContainsKey("Access-Control-Request-Method"))
            {
                headers.AccessControlAllowMethods = "HEAD, GET, PUT, POST, DELETE, OPTIONS, PATCH";
                headers.AccessControlAllowHeaders = http.Request.Headers["Access-Control-Request-Headers"];
                headers.AccessControlMaxAge = "3600";
                http.Response.StatusCode = 204;
                return true;
            }
        }

        return false;
    }

    private static bool IsLocal(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (uri.IsLoopback || uri.Host.EndsWith(".localhost", StringComparison.Ordinal));

    private async Task HealthAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        if (HttpMethods.IsHead(http.Request.Method))
        {
            return;
        }

        var json = new Utf8JsonWriter(http.Response.BodyWriter);
        await using (json)
        {
            json.WriteStartObject();
            json.WriteStartObject("services");
            foreach (var service in map.Services)
            {
                json.WriteString(service.Model.Id, "running");
            }

            json.WriteEndObject();
            json.WriteString("edition", "haneul");
            json.WriteString("version", options.Version);
            json.WriteEndObject();
        }
    }
}
