using Haneul.AutoScaling.Contracts;
using Haneul.Integration.Scaling;
using Haneul.Kernel.Errors;

namespace Haneul.AutoScaling.Policies;

/// <summary>What a scaling policy must be like.</summary>
internal static class PolicyRules
{
    // What DynamoDB takes as a target of its utilization, in percent.
    private const double LeastTarget = 20;
    private const double MostTarget = 90;

    public static ServiceError? Check(PutScalingPolicyInput input, ScalingDimension dimension)
    {
        var type = input.PolicyType ?? PolicyType.StepScaling;
        if (type != PolicyType.TargetTrackingScaling)
        {
            return ScalingFaults.Validation($"{type} is not supported for {input.ScalableDimension}.");
        }

        if (input.StepScalingPolicyConfiguration is not null || input.PredictiveScalingPolicyConfiguration is not null
            || input.TargetTrackingScalingPolicyConfiguration is not { } tracking)
        {
            return ScalingFaults.Validation(
                "You must specify a TargetTrackingScalingPolicyConfiguration, and no other, for the policy type TargetTrackingScaling.");
        }

        if (tracking.ScaleInCooldown < 0 || tracking.ScaleOutCooldown < 0)
        {
            return ScalingFaults.Validation("Cooldown must be greater than or equal to 0.");
        }

        return (tracking.PredefinedMetricSpecification, tracking.CustomizedMetricSpecification) switch
        {
            ({ } predefined, null) => CheckPredefined(predefined, tracking.TargetValue!.Value, dimension),
            (null, { } own) => CheckOwn(own, tracking.TargetValue!.Value),
            _ => ScalingFaults.Validation("Exactly one of PredefinedMetricSpecification and CustomizedMetricSpecification must be specified."),
        };
    }

    private static ServiceError? CheckPredefined(PredefinedMetricSpecification predefined, double target, ScalingDimension dimension)
    {
        if (predefined.PredefinedMetricType != dimension.MetricType)
        {
            return ScalingFaults.Validation(
                $"Cannot specify {predefined.PredefinedMetricType} metric type for {dimension.Noun}; the metric type is {dimension.MetricType}.");
        }

        if (predefined.ResourceLabel is not null)
        {
            return ScalingFaults.Validation($"ResourceLabel must not be specified for the metric type {predefined.PredefinedMetricType}.");
        }

        return target is < LeastTarget or > MostTarget or double.NaN
            ? ScalingFaults.Validation(
                $"Scaling policy target value must be between {LeastTarget} and {MostTarget} for {predefined.PredefinedMetricType}.")
            : null;
    }

    private static ServiceError? CheckOwn(CustomizedMetricSpecification own, double target)
    {
        if (own.Metrics is { Count: > 0 })
        {
            return ScalingFaults.Validation("Haneul does not support Metrics of CustomizedMetricSpecification yet.");
        }

        if (own.Namespace is null || own.MetricName is null || own.Statistic is null)
        {
            return ScalingFaults.Validation("CustomizedMetricSpecification needs Namespace, MetricName and Statistic.");
        }

        return target > 0 && double.IsFinite(target) ? null : ScalingFaults.Validation("TargetValue must be greater than 0.");
    }
}
