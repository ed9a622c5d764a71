using System.Globalization;
using Haneul.ApiGateway.Apis;
using Haneul.ApiGateway.Contracts.V2;
using Microsoft.AspNetCore.Http;

namespace Haneul.ApiGateway.Execute.Calls;

/// <summary>Answers browsers' questions about other origins for an API with a CORS configuration.</summary>
internal static class CorsAnswer
{
    /// <returns>True when the request was a preflight and has been answered.</returns>
    public static async Task<bool> AnswerAsync(HttpContext http, Cors cors)
    {
        var headers = http.Response.Headers;
        if (http.Request.Headers.Origin is not [{ Length: > 0 } origin])
        {
            return false;
        }

        var allowed = CorsRules.AllowedOrigin(cors, origin);
        if (allowed is not null)
        {
            headers.AccessControlAllowOrigin = allowed;
            headers.Vary = "Origin";
            if (cors.AllowCredentials == true)
            {
                headers.AccessControlAllowCredentials = "true";
            }

            if (cors.ExposeHeaders is { Count: > 0 } exposed)
            {
                headers.AccessControlExposeHeaders = string.Join(',', exposed);
            }
        }

        if (!HttpMethods.IsOptions(http.Request.Method) || !http.Request.Headers.ContainsKey("Access-Control-Request-Method"))
        {
            return false;
        }

        http.Response.StatusCode = 204;
        if (allowed is not null)
        {
            headers.AccessControlAllowMethods = cors.AllowMethods is { Count: > 0 } methods ? string.Join(',', methods) : default;
            headers.AccessControlAllowHeaders = cors.AllowHeaders is { Count: > 0 } names ? string.Join(',', names) : default;
            headers.AccessControlMaxAge = cors.MaxAge is { } age ? age.ToString(CultureInfo.InvariantCulture) : default;
        }

        await http.Response.CompleteAsync();
        return true;
    }
}
