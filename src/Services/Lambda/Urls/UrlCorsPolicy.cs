using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Haneul.Lambda.Urls;

/// <summary>Answers browsers for a URL that allows other origins. <see href="https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html"/></summary>
internal static class UrlCorsPolicy
{
    /// <returns>True if the request was a preflight and is answered.</returns>
    public static bool Answer(UrlCors cors, HttpContext http)
    {
        if (http.Request.Headers.Origin is not [{ Length: > 0 } origin])
        {
            return false;
        }

        var preflight = HttpMethods.IsOptions(http.Request.Method) && http.Request.Headers.ContainsKey("Access-Control-Request-Method");
        var headers = http.Response.Headers;
        var origins = cors.AllowOrigins ?? [];
        if (origins.Contains("*") || origins.Contains(origin, StringComparer.OrdinalIgnoreCase))
        {
            headers.AccessControlAllowOrigin = origins.Contains("*") && !cors.AllowCredentials ? "*" : origin;
            headers.Vary = "Origin";
            if (cors.AllowCredentials)
            {
                headers.AccessControlAllowCredentials = "true";
            }

            if (cors.ExposeHeaders is { Count: > 0 } exposed)
            {
                headers.AccessControlExposeHeaders = string.Join(',', exposed);
            }

            if (preflight)
            {
                headers.AccessControlAllowMethods = string.Join(',', cors.AllowMethods ?? []);
                headers.AccessControlAllowHeaders = string.Join(',', cors.AllowHeaders ?? []);
                if (cors.MaxAge is { } age)
                {
                    headers.AccessControlMaxAge = age.ToString(CultureInfo.InvariantCulture);
                }
            }
        }

        return preflight;
    }
}
