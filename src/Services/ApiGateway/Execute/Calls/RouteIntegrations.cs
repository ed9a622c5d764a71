using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Integrations;
using Microsoft.AspNetCore.Http;

namespace Haneul.ApiGateway.Execute.Calls;

/// <summary>Calls a route's integration and sends its answer.</summary>
internal sealed class RouteIntegrations(FunctionIntegration functions, HttpProxyIntegration endpoints, ServiceIntegration services, TimeProvider time)
{
    private static readonly string[] s_dropped = ["connection", "content-length", "keep-alive", "proxy-authenticate", "te", "trailer", "transfer-encoding", "upgrade"];

    public async Task RunAsync(HttpExchange exchange, Func<string, string?> context)
    {
        var (http, call) = (exchange.Http, exchange.Call!);
        if (call.Route.Integration is not { } integration)
        {
            await exchange.FailAsync(500, "Internal Server Error");
            return;
        }

        using var timeout = new CancellationTokenSource(TimeSpan.FromMilliseconds(integration.TimeoutInMillis ?? IntegrationRules.DefaultTimeout), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, http.RequestAborted);
        var started = time.GetTimestamp();
        try
        {
            var answer = await CallAsync(call, integration, name => MappedCall.Find(call, name, context), either.Token);
            exchange.IntegrationLatency = time.GetElapsedTime(started);
            exchange.IntegrationStatus = answer.Status;
            exchange.IntegrationError = answer.Error;
            await (answer.Answer is { } found ? SendAsync(http, MappedCall.Response(found, integration, name => MappedCall.Find(call, name, context)))
                : answer.BadRequest ? exchange.FailAsync(400, "Bad Request")
                : answer.Unavailable ? exchange.FailAsync(503, "Service Unavailable")
                : exchange.FailAsync(500, "Internal Server Error"));
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            exchange.IntegrationLatency = time.GetElapsedTime(started);
            exchange.IntegrationError = "The integration did not answer in time.";
            await exchange.FailAsync(503, "Service Unavailable");
        }
    }

    private Task<IntegrationAnswer> CallAsync(ApiCall call, ApiIntegration integration, Func<string, string?> find, CancellationToken cancel)
    {
        if (integration.IntegrationSubtype is not null)
        {
            return services.CallAsync(call, integration, find, cancel);
        }

        var (mapped, path) = MappedCall.Request(call, integration, find);
        return integration.IntegrationType == IntegrationType.HttpProxy
            ? endpoints.CallAsync(mapped, integration, path, cancel)
            : functions.CallAsync(mapped, integration, cancel);
    }

    private static async Task SendAsync(HttpContext http, FunctionAnswer answer)
    {
        http.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            // A page's rights are the API's to give where it has a CORS configuration.
            var isCors = name.StartsWith("access-control-", StringComparison.OrdinalIgnoreCase) && http.Response.Headers.ContainsKey("Access-Control-Allow-Origin");
            if (!isCors && !s_dropped.Contains(name, StringComparer.OrdinalIgnoreCase) && HeaderRules.IsValid(name, value))
            {
                http.Response.Headers.Append(name, value);
            }
        }

        if (answer.Status is not (204 or 304 or < 200))
        {
            http.Response.ContentLength = answer.Body.Length;
            if (!HttpMethods.IsHead(http.Request.Method))
            {
                await http.Response.BodyWriter.WriteAsync(answer.Body, http.RequestAborted);
            }
        }
    }
}
