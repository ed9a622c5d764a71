using Haneul.ApiGateway.Execute.Throttling;
using Haneul.ApiGateway.Rest.Execute.Answers;

namespace Haneul.ApiGateway.Rest.Execute;

/// <summary>
/// The limits that count for everyone: those of the method in its stage, then those of the account.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html"/>
/// </summary>
internal sealed class MethodThrottling(Throttles throttles)
{
    public GatewayFault? Check(RestCall call)
    {
        var settings = MethodSettings.Of(call.Stage, call.Resource.Path!, call.HttpMethod, call.Method.HttpMethod!);
        if (settings.ThrottlingRateLimit is { } rate
            && !throttles.TryTake(
                new ThrottleKey("method", $"{call.ApiId}/{call.Stage.StageName}", $"{call.HttpMethod} {call.Resource.Path}"),
                rate,
                settings.ThrottlingBurstLimit ?? Throttles.AccountBurst))
        {
            return GatewayFault.Throttled;
        }

        return throttles.TryTakeOfAccount(call.Account, call.Region) ? null : GatewayFault.Throttled;
    }
}
