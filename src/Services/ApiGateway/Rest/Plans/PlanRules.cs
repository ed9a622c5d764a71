using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.Plans;

/// <summary>
/// What a usage plan may be.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_CreateUsagePlan.html"/>
/// </summary>
internal static class PlanRules
{
    public const int MostPlans = 300;

    public static void Check(IPartitionReader reader, UsagePlan plan, CallContext context)
    {
        if (string.IsNullOrWhiteSpace(plan.Name))
        {
            throw RestFaults.BadRequest("Usage Plan name must be non-empty");
        }

        CheckQuota(plan.Quota);
        CheckThrottle(plan.Throttle);
        foreach (var stage in plan.ApiStages ?? [])
        {
            CheckStage(reader, plan, stage, context);
            foreach (var throttle in stage.Throttle?.Values ?? [])
            {
                CheckThrottle(throttle);
            }
        }
    }

    public static void CheckStage(IPartitionReader reader, UsagePlan plan, ApiStage stage, CallContext context)
    {
        if (string.IsNullOrEmpty(stage.ApiId) || string.IsNullOrEmpty(stage.Stage))
        {
            throw RestFaults.BadRequest("Invalid API Stage specified");
        }

        if (RestTable.Find(reader, stage.ApiId)?.BelongsTo(context) != true || RestTable.FindStage(reader, stage.ApiId, stage.Stage) is null)
        {
            throw RestFaults.NotFound($"Invalid API Stage {{api: {stage.ApiId}, stage: {stage.Stage}}} specified for usageplan {plan.Id}");
        }
    }

    /// <summary>A plan as answers show it.</summary>
    public static UsagePlan View(UsagePlan plan, bool withTags)
    {
        plan.ApiStages ??= [];
        plan.Tags = plan.Tags is { Count: > 0 } ? plan.Tags : withTags ? new Dictionary<string, string>() : null;
        return plan;
    }

    private static void CheckThrottle(ThrottleSettings? throttle)
    {
        if (throttle is null)
        {
            return;
        }

        throttle.BurstLimit ??= 0;
        throttle.RateLimit ??= 0;
        if (throttle.BurstLimit < 0 || throttle.RateLimit < 0 || !double.IsFinite(throttle.RateLimit.Value))
        {
            throw RestFaults.BadRequest("Usage Plan throttle limits must not be negative");
        }
    }

    private static void CheckQuota(QuotaSettings? quota)
    {
        if (quota is null)
        {
            return;
        }

        quota.Offset ??= 0;
        var wrong = (quota.Limit, quota.Period, quota.Offset) switch
        {
            (null or < 1, _, _) => "Usage Plan quota limit must be greater than zero",
            (_, QuotaPeriodType.Day, not 0) => "Usage Plan quota offset must be zero in the DAY period",
            (_, QuotaPeriodType.Week, < 0 or > 6) => "Usage Plan quota offset must be between zero and six inclusive in the WEEK period",
            (_, QuotaPeriodType.Month, < 0 or > 27) => "Usage Plan quota offset must be between zero and 27 inclusive in the MONTH period",
            (_, QuotaPeriodType.Day or QuotaPeriodType.Week or QuotaPeriodType.Month, _) => null,
            _ => "Usage Plan quota period must be one of: [DAY, WEEK, MONTH]",
        };
        if (wrong is not null)
        {
            throw RestFaults.BadRequest(wrong);
        }
    }
}
