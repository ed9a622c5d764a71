using Haneul.ApiGateway.Integrations;
using Haneul.ApiGateway.Rest.Execute.Answers;
using Haneul.Integration;
using Microsoft.Extensions.Logging;

namespace Haneul.ApiGateway.Rest.Execute.Integrations;

/// <summary>
/// Lambda proxies: the function gets the whole request and says the whole answer.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html"/>
/// </summary>
internal sealed class FunctionProxyIntegration(IEnumerable<IFunctions> functions, IntegrationCallers callers, ILogger<FunctionProxyIntegration> log) : IIntegration
{
    public async ValueTask<IntegrationOutcome> RunAsync(RestCall call, IntegrationRequest request, CancellationToken cancel)
    {
        // Lambda's Invoke is a POST, whatever the client sends.
        if (FunctionUri.Parse(request.Uri) is not { } function || request.Method != "POST" || functions.FirstOrDefault() is not { } port)
        {
            call.Log?.Error("Execution failed due to configuration error: Invalid permissions on Lambda function");
            return GatewayFault.Internal;
        }

        if (await callers.FindAsync(call, call.Integration.Credentials, cancel) is not { } caller)
        {
            return GatewayFault.Internal;
        }

        var isBinary = call.Site.Binary.Has(call.Header("Content-Type"));
        var payload = ProxyEvent.Write(call, isBinary);
        call.Log?.Data("Endpoint request body after transformations: " + System.Text.Encoding.UTF8.GetString(payload.Span));
        call.Log?.Info("Sending request to " + IntegrationRunner.Endpoint(call, request.Uri));
        if (request.Header("X-Amz-Invocation-Type") == "Event")
        {
            var sent = await port.SendAsync(function, payload, caller, cancel);
            return sent.Succeeded ? new RestAnswer(200, [new("Content-Type", "application/json")], default) : GatewayFault.Internal;
        }

        var outcome = await port.InvokeAsync(function, payload, caller, cancel);
        if (!outcome.Succeeded)
        {
            Log.NotCalled(log, call.RequestId, call.ApiId, $"{call.HttpMethod} {call.Resource.Path}", outcome.Error.Shape.Name, outcome.Error.Message);
            call.IntegrationStatus = outcome.Error.Shape.Status;
            call.IntegrationError = outcome.Error.Shape.Status == 403
                ? "Execution failed due to configuration error: Invalid permissions on Lambda function"
                : $"Execution failed due to configuration error: {outcome.Error.Message}";
            return GatewayFault.Internal;
        }

        call.IntegrationStatus = 200;
        call.EndpointBody = outcome.Value.Payload;
        if (outcome.Value.FunctionError is not null)
        {
            call.IntegrationError = $"Lambda execution failed with status 200 due to customer function error: {outcome.Value.FunctionError}";
            return GatewayFault.BadGateway;
        }

        if (ProxyAnswer.Parse(outcome.Value.Payload, call.Site.Binary.Has(call.Header("Accept"))) is { } answer)
        {
            return answer;
        }

        Log.BadAnswer(log, call.RequestId, call.ApiId, $"{call.HttpMethod} {call.Resource.Path}");
        call.IntegrationError = "Execution failed due to configuration error: Malformed Lambda proxy response";
        return GatewayFault.BadGateway;
    }
}
