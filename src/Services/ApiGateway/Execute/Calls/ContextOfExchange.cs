using System.Globalization;

namespace Haneul.ApiGateway.Execute.Calls;

/// <summary>
/// The variables <c>$context.*</c> of HTTP APIs.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html"/>
/// </summary>
internal static class ContextOfExchange
{
    private const string AuthorizerPrefix = "authorizer.";
    private const string IdentityPrefix = "identity.";

    /// <param name="exchange">The request.</param>
    /// <param name="name">Without <c>$context.</c>.</param>
    /// <param name="now">The clock's counter, for the latency so far.</param>
    /// <returns>Null for a variable that has no value, or is none.</returns>
    public static string? Find(HttpExchange exchange, string name, Func<TimeSpan> now)
    {
        var response = exchange.Http.Response;
        return name switch
        {
            "accountId" => exchange.Api.Account,
            "apiId" => exchange.Api.Api.ApiId,
            "requestId" or "extendedRequestId" => exchange.RequestId,
            "stage" => exchange.Stage?.StageName,
            "routeKey" => exchange.Route?.RouteKey,
            "httpMethod" => exchange.Http.Request.Method,
            "path" => exchange.Call?.Path,
            "protocol" => exchange.Http.Request.Protocol,
            "domainName" => exchange.Http.Request.Host.Host,
            "domainPrefix" => exchange.Http.Request.Host.Host.Split('.')[0],
            "requestTime" => EventJson.LogTime(exchange.Time),
            "requestTimeEpoch" => Number(exchange.Time.ToUnixTimeMilliseconds()),
            "status" => Number(response.StatusCode),
            "responseLength" => Number(response.ContentLength ?? 0),
            "dataProcessed" => Number((response.ContentLength ?? 0) + (exchange.Call?.Body.Length ?? 0)),
            "responseLatency" => Number((long)now().TotalMilliseconds),
            "error.message" => exchange.ErrorMessage,
            "error.messageString" => exchange.ErrorMessage is null ? null : $"\"{exchange.ErrorMessage}\"",
            "error.responseType" => exchange.ErrorMessage is null ? null : ResponseType(response.StatusCode),
            "integrationStatus" or "integration.status" or "integration.integrationStatus" =>
                exchange.IntegrationStatus is { } status ? Number(status) : null,
            "integrationLatency" or "integration.latency" =>
                exchange.IntegrationLatency is { } latency ? Number((long)latency.TotalMilliseconds) : null,
            "integrationErrorMessage" or "integration.error" => exchange.IntegrationError,
            _ when name.StartsWith(AuthorizerPrefix, StringComparison.Ordinal) => Authorizer(exchange, name[AuthorizerPrefix.Length..]),
            _ when name.StartsWith(IdentityPrefix, StringComparison.Ordinal) => Identity(exchange, name[IdentityPrefix.Length..]),
            _ => null,
        };
    }

    private static string? Authorizer(HttpExchange exchange, string name) => name switch
    {
        "error" => exchange.Verdict is { IsAllowed: false } refused ? refused.Reason : null,
        "latency" or "integrationLatency" => exchange.Verdict?.Latency is { } latency ? Number((long)latency.TotalMilliseconds) : null,
        _ => exchange.Verdict?.Find(name),
    };

    private static string? Identity(HttpExchange exchange, string name) => name switch
    {
        "sourceIp" => exchange.Http.Connection.RemoteIpAddress?.ToString(),
        "userAgent" => exchange.Http.Request.Headers.UserAgent.ToString(),
        "accountId" => exchange.Caller?.Principal.Account.Value,
        "caller" or "user" => exchange.Caller?.Principal.UserId,
        "userArn" => exchange.Caller?.Principal.Arn,
        _ => null,
    };

    private static string ResponseType(int status) => status switch
    {
        401 => "UNAUTHORIZED",
        403 => "ACCESS_DENIED",
        404 => "NOT_FOUND",
        413 => "REQUEST_TOO_LARGE",
        429 => "THROTTLED",
        503 => "INTEGRATION_FAILURE",
        >= 500 => "DEFAULT_5XX",
        _ => "DEFAULT_4XX",
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
