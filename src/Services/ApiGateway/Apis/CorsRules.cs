using Haneul.ApiGateway.Contracts.V2;

namespace Haneul.ApiGateway.Apis;

/// <summary>
/// What a CORS configuration may say, and what it answers to a page.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html"/>
/// </summary>
internal static class CorsRules
{
    /// <summary>Why a configuration cannot be taken, or null.</summary>
    public static string? Refusal(Cors? cors) => cors switch
    {
        { MaxAge: < -1 or > 86_400 } => "Invalid value for maxAge. Value should be between -1 and 86400.",
        { AllowCredentials: true, AllowOrigins: { } origins } when origins.Contains("*") =>
            "allowCredentials is not supported when allowOrigins contains '*'.",
        { AllowOrigins: { } origins } when origins.Any(origin => origin != "*" && !IsOrigin(origin)) =>
            "Invalid format for origin: allowOrigins entries are '*' or begin with a scheme.",
        _ => null,
    };

    /// <summary>The value of <c>Access-Control-Allow-Origin</c> for a page from this origin; null if it is not allowed.</summary>
    public static string? AllowedOrigin(Cors cors, string origin)
    {
        foreach (var allowed in cors.AllowOrigins ?? [])
        {
            if (allowed == "*")
            {
                return "*";
            }

            if (allowed.Equals(origin, StringComparison.OrdinalIgnoreCase) || (allowed.EndsWith("://*", StringComparison.Ordinal)
                && origin.StartsWith(allowed[..^1], StringComparison.OrdinalIgnoreCase)))
            {
                return origin;
            }
        }

        return null;
    }

    private static bool IsOrigin(string text) => text.IndexOf("://", StringComparison.Ordinal) > 0;
}
