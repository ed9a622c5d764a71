using Haneul.ApiGateway.Integrations;
using Haneul.Integration;
using Microsoft.Extensions.Logging;

namespace Haneul.ApiGateway.Execute.Calls;

/// <summary>Calls a function with the request as its event.</summary>
internal sealed class FunctionIntegration(IEnumerable<IFunctions> functions, RouteCallers callers, ILogger<FunctionIntegration> log)
{
    public async Task<IntegrationAnswer> CallAsync(ApiCall call, ApiIntegration integration, CancellationToken cancel)
    {
        if (FunctionUri.Parse(integration.IntegrationUri!) is not { } function || functions.FirstOrDefault() is not { } port)
        {
            return IntegrationAnswer.Failed("The integration names no function that is here.");
        }

        var caller = await callers.FindAsync(call, integration.CredentialsArn, cancel);
        if (!caller.Succeeded)
        {
            Log.NotCalled(log, call.RequestId, call.Api.Api.ApiId, call.Route.RouteKey, caller.Error.Shape.Name, caller.Error.Message);
            return IntegrationAnswer.Failed($"{caller.Error.Shape.Name}: {caller.Error.Message}");
        }

        var format = integration.PayloadFormatVersion ?? "1.0";
        var arn = FunctionUri.Resolve(function, call.Stage.StageVariables);
        var outcome = await port.InvokeAsync(arn, format == "1.0" ? EventOne.Write(call) : EventTwo.Write(call), caller.Value, cancel);
        if (!outcome.Succeeded)
        {
            Log.NotCalled(log, call.RequestId, call.Api.Api.ApiId, call.Route.RouteKey, outcome.Error.Shape.Name, outcome.Error.Message);

            // Too many at once is a matter of time; everything else is the API's own fault.
            return IntegrationAnswer.Failed(
                $"{outcome.Error.Shape.Name}: {outcome.Error.Message}", unavailable: outcome.Error.Shape.Status == 429, outcome.Error.Shape.Status);
        }

        if (outcome.Value.FunctionError is null && FunctionAnswer.Parse(outcome.Value.Payload, format) is { } answer)
        {
            return IntegrationAnswer.Of(answer, 200);
        }

        Log.BadAnswer(log, call.RequestId, call.Api.Api.ApiId, call.Route.RouteKey);
        return IntegrationAnswer.Failed(
            outcome.Value.FunctionError is null ? "The function's answer has not the form that the payload format asks for." : "The function failed.", status: 200);
    }
}
