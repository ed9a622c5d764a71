using Haneul.ApiGateway.Rest.Execute.Answers;
using Haneul.ApiGateway.Rest.Execute.Authorization;
using Haneul.ApiGateway.Rest.Execute.Caching;
using Haneul.ApiGateway.Rest.Execute.Integrations;
using Haneul.ApiGateway.Rest.Execute.Mapping;
using Haneul.ApiGateway.Rest.Execute.Validation;
using Microsoft.AspNetCore.Http;

namespace Haneul.ApiGateway.Rest.Execute;

/// <summary>The way of a request through a method, step by step; each step may end it with an answer of API Gateway's own.</summary>
internal sealed class RestPipeline(MethodAuthorization authorization, MethodKeys keys, MethodThrottling throttling, MethodCache cache)
{
    public async ValueTask<IntegrationOutcome> RunAsync(RestCall call, HttpContext http, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        if (await authorization.AuthorizeAsync(call, http, body, cancel) is { } denied)
        {
            return denied;
        }

        if (await keys.CheckAsync(call) is { } refused)
        {
            return refused;
        }

        if (throttling.Check(call) is { } throttled)
        {
            return throttled;
        }

        // What was signed is the compressed body; everything from here on sees the open one.
        if (call.Site.Api.MinimumCompressionSize is not null && call.Header("Content-Encoding") is { } encoding)
        {
            if (Compression.Open(body, encoding) is not { } open)
            {
                return GatewayFault.BadRequest("Could not decompress the body of the request based on the Content-Encoding type");
            }

            body = open;
        }

        call.Body = body;
        return await ExecuteAsync(call, cancel);
    }

    /// <summary>The part that <c>TestInvokeMethod</c> takes too: whoever tests needs no leave of the method.</summary>
    public async ValueTask<IntegrationOutcome> ExecuteAsync(RestCall call, CancellationToken cancel)
    {
        LogStart(call);
        if (RequestValidation.Check(call) is { } invalid)
        {
            return invalid;
        }

        return await cache.RunAsync(call, cancel);
    }

    private static void LogStart(RestCall call)
    {
        if (call.Log is not { KeepsInfo: true } log)
        {
            return;
        }

        log.Info("Starting execution for request: " + call.RequestId);
        log.Info($"HTTP Method: {call.HttpMethod}, Resource Path: {(call.IsTest ? call.Path : call.Resource.Path)}");
        log.Data("Method request path: " + IntegrationRunner.Map(call.PathParameters));
        log.Data("Method request query string: " + IntegrationRunner.Map(call.Query));
        log.Data("Method request headers: " + IntegrationRunner.Map(call.Headers));
        log.Data("Method request body before transformations: " + System.Text.Encoding.UTF8.GetString(call.Body.Span));
    }
}
