using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Execute.Throttling;
using Haneul.ApiGateway.Rest.Execute.Answers;
using Haneul.ApiGateway.Rest.Usage;

namespace Haneul.ApiGateway.Rest.Execute;

/// <summary>
/// Methods that want an API key: the key must be in a usage plan of the stage, within the plan's throttles and quota.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html"/>
/// </summary>
internal sealed class MethodKeys(KeyPlans keys, UsageMeter meter, Throttles throttles)
{
    public async ValueTask<GatewayFault?> CheckAsync(RestCall call)
    {
        var stage = $"{call.ApiId}/{call.Stage.StageName}";
        if (call.Method.ApiKeyRequired != true)
        {
            call.Log?.Info($"API Key  authorized because method '{call.HttpMethod} {call.Resource.Path}' does not require API Key. "
                + "Request will not contribute to throttle or quota limits");
            return null;
        }

        var value = call.Site.Api.ApiKeySource == "AUTHORIZER" ? call.UsageIdentifierKey : call.Header("x-api-key");
        if (value is not { Length: > 0 } || keys.Find(call.Account, call.Region, value) is not { Key.Enabled: true } found
            || found.For(call.ApiId, call.Stage.StageName!) is not { } plan)
        {
            call.Log?.Error($"API Key is not authorized to access API Stage {stage}");
            return GatewayFault.Forbidden;
        }

        call.ApiKeyId = found.Key.Id;
        call.Context["identity.apiKey"] = value;
        call.Context["identity.apiKeyId"] = found.Key.Id;
        if (!TryTake(call, plan, found.Key.Id!))
        {
            call.Log?.Error($"Usage Plan throttle exceeded for API Key and API Stage {stage}");
            return GatewayFault.Throttled;
        }

        if (!await meter.TakeAsync(call.Account, call.Region, plan, found.Key.Id!))
        {
            call.Log?.Error($"Usage Plan quota exceeded for API Key and API Stage {stage}");
            return GatewayFault.QuotaExceeded;
        }

        call.Log?.Info($"Usage Plan check succeeded for API Key and API Stage {stage}");
        return null;
    }

    // A method's own limit in the plan counts first, then the plan's: both for each key.
    private bool TryTake(RestCall call, UsagePlan plan, string keyId)
    {
        var methods = plan.ApiStages?.FirstOrDefault(one => one.ApiId == call.ApiId && one.Stage == call.Stage.StageName)?.Throttle;
        foreach (var (method, limit) in methods ?? new Dictionary<string, ThrottleSettings>())
        {
            var slash = method.LastIndexOf('/');
            if (slash < 0 || method[..slash].Trim('/') != call.Resource.Path!.Trim('/') || method[(slash + 1)..] is var name
                && name != call.HttpMethod && name != call.Method.HttpMethod && name != "*")
            {
                continue;
            }

            if (!throttles.TryTake(new ThrottleKey("plan method", $"{plan.Id}/{keyId}", $"{call.ApiId}/{call.Stage.StageName}{method}"), limit.RateLimit ?? -1, limit.BurstLimit ?? -1))
            {
                return false;
            }
        }

        return plan.Throttle is not { } all || throttles.TryTake(new ThrottleKey("plan", plan.Id!, keyId), all.RateLimit ?? -1, all.BurstLimit ?? -1);
    }
}
