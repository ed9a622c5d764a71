using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Execute.Authorizers;
using Haneul.Kernel.Identity;
using Microsoft.AspNetCore.Http;

namespace Haneul.ApiGateway.Execute.Calls;

/// <summary>A request to an HTTP API on its way, and what became of it: for metrics and the access log. One task works on it at a time.</summary>
internal sealed class HttpExchange(HttpContext http, ApiRecord api, string requestId, DateTimeOffset time, long started)
{
    public HttpContext Http => http;

    public ApiRecord Api => api;

    public string RequestId => requestId;

    public DateTimeOffset Time => time;

    /// <summary>By the clock's counter.</summary>
    public long Started => started;

    public Stage? Stage { get; set; }

    public RouteMatch? Route { get; set; }

    /// <summary>Null until the request has been read as far as its route needs.</summary>
    public ApiCall? Call { get; set; }

    public AuthorizerVerdict? Verdict { get; set; }

    public CallContext? Caller { get; set; }

    public TimeSpan? IntegrationLatency { get; set; }

    public int? IntegrationStatus { get; set; }

    public string? IntegrationError { get; set; }

    /// <summary>What API Gateway itself answered instead of the integration.</summary>
    public string? ErrorMessage { get; set; }

    public Task FailAsync(int status, string message)
    {
        ErrorMessage = message;
        return MessageAnswer.SendAsync(http, status, message);
    }
}
