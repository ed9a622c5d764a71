using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Execute;
using Haneul.ApiGateway.Rest.Execute.Answers;
using Haneul.ApiGateway.Rest.Execute.Integrations;
using Haneul.ApiGateway.Rest.Execute.Mapping;
using Haneul.Http;
using Haneul.Kernel.Identity;
using Microsoft.AspNetCore.Http;

namespace Haneul.ApiGateway.Rest.Execute;

/// <summary>Serves REST APIs: finds stage and method, takes the request through them, and sends what comes of it.</summary>
internal sealed class RestApis(KeptRecords records, RestCalls calls, RestPipeline pipeline, RestReports reports, IIdSource ids) : IApiKind
{
    /// <summary><see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html"/></summary>
    private const int MaxPayload = 10 * 1024 * 1024;

    private const int MaxHeaders = 10_240;

    public async ValueTask<bool> TryHandleAsync(ApiRequest request)
    {
        if (records.FindApi(request.Address.ApiId) is not { } record)
        {
            return false;
        }

        try
        {
            await HandleAsync(request, record);
        }
        catch (OperationCanceledException) when (request.Http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone.
        }

        return true;
    }

    private async Task HandleAsync(ApiRequest request, RestApiRecord record)
    {
        var http = request.Http;
        var types = record.Api.EndpointConfiguration?.Types;
        if (request.Address.Domain?.IsEdge ?? types?.Contains(EndpointType.Edge) == true)
        {
            EdgeLayer.Pass(http, ids);
        }

        http.Response.Headers["x-amzn-RequestId"] = request.RequestId;

        // Private APIs are reached from inside of a VPC alone, and nothing here is inside of one yet.
        var isClosed = request.Address.Domain is null && (record.Api.DisableExecuteApiEndpoint == true || types?.Contains(EndpointType.Private) == true);
        if (isClosed || calls.Read(request, record) is not { } call)
        {
            http.Response.Headers["x-amz-apigw-id"] = RestCalls.NewExtendedId(ids);
            await SendAsync(http, GatewayResponses.Plain(GatewayFault.Forbidden), minimum: null);
            return;
        }

        http.Response.Headers["x-amz-apigw-id"] = call.ExtendedRequestId;
        var outcome = await AnswerAsync(call, http);
        var answer = outcome.Answer ?? call.Site.Responses.Render(outcome.Fault!, call);
        reports.Close(call, answer);
        await SendAsync(http, answer, call.Site.Api.MinimumCompressionSize);
    }

    private async ValueTask<IntegrationOutcome> AnswerAsync(RestCall call, HttpContext http)
    {
        if (HeaderBytes(http.Request) > MaxHeaders)
        {
            return new GatewayFault("DEFAULT_4XX", 431, "RequestHeaderFieldsTooLargeException", "Request Header Fields Too Large");
        }

        if (IntegrationUri.HasDotParts(call.Path))
        {
            return GatewayFault.BadRequest("Bad Request");
        }

        if (call.Site.Resources.Match(call.HttpMethod, call.Path) is not { } match)
        {
            return GatewayFault.MissingAuthenticationToken;
        }

        call.PathParameters = match.Variables;
        RestCalls.Describe(call, match.Resource, match.Method);
        reports.Open(call);
        if (await RequestBody.ReadAsync(http.Request, MaxPayload, http.RequestAborted) is not { } body)
        {
            return GatewayFault.RequestTooLarge;
        }

        return await pipeline.RunAsync(call, http, body, http.RequestAborted);
    }

    private static async Task SendAsync(HttpContext http, RestAnswer answer, int? minimum)
    {
        answer = Compression.Close(answer, minimum, http.Request.Headers.AcceptEncoding);
        http.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            if (HeaderRules.IsValid(name, value) && !name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                http.Response.Headers.Append(name, value);
            }
        }

        if (answer.Status is 204 or 304 or < 200)
        {
            return;
        }

        http.Response.ContentLength = answer.Body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.BodyWriter.WriteAsync(answer.Body, http.RequestAborted);
        }
    }

    private static int HeaderBytes(HttpRequest request)
    {
        var bytes = 0;
        foreach (var (name, values) in request.Headers)
        {
            bytes += name.Length * values.Count;
            foreach (var value in values)
            {
                bytes += value?.Length ?? 0;
            }
        }

        return bytes;
    }
}
