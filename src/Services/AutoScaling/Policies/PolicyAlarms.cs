using Haneul.AutoScaling.Contracts;
using Haneul.Integration.Metrics;
using Haneul.Integration.Scaling;
using Haneul.Kernel.Identity;
using MetricDimension = Haneul.Integration.Metrics.MetricDimension;

namespace Haneul.AutoScaling.Policies;

/// <summary>
/// The two CloudWatch alarms of a target tracking policy: one above the target that scales out after two breaching minutes (three for a metric of
/// one's own), one below that scales in after fifteen.
/// <see href="https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html"/>
/// </summary>
internal sealed class PolicyAlarms(IEnumerable<IAlarms> alarms)
{
    private const int InMinutes = 15;

    // Below the target by so many percent points of utilization, or by a tenth of another metric.
    private const double UtilizationMargin = 20;
    private const double OtherMargin = 0.9;

    /// <summary>Makes the alarms, or moves their thresholds to another capacity.</summary>
    public async ValueTask PutAsync(
        AccountId account, Region region, PolicyRecord policy, ScalingDimension dimension, int capacity, CancellationToken cancel)
    {
        if (alarms.FirstOrDefault() is not { } port)
        {
            return;
        }

        var (metric, statistic) = Metric(policy, dimension);
        var target = policy.Tracking.TargetValue!.Value;
        var (high, low, outMinutes) = policy.Tracking.CustomizedMetricSpecification is null
            ? (ThresholdOf(target, capacity), ThresholdOf(target - UtilizationMargin, capacity), 2)
            : (target, target * OtherMargin, 3);
        var arn = policy.ArnIn(account, region);
        var description = "DO NOT EDIT OR DELETE. For TargetTrackingScaling policy " + arn + ".";
        var definitions = new List<AlarmDefinition>
        {
            new(policy.HighAlarm, description, metric, statistic, "GreaterThanThreshold", high, outMinutes, arn),
        };
        if (policy.LowAlarm is { } name)
        {
            definitions.Add(new AlarmDefinition(name, description, metric, statistic, "LessThanThreshold", low, InMinutes, arn));
        }

        await port.PutAsync(account, region, definitions, cancel);
    }

    public ValueTask DeleteAsync(AccountId account, Region region, PolicyRecord policy, CancellationToken cancel) =>
        alarms.FirstOrDefault()?.DeleteAsync(account, region, policy.AlarmNames, cancel) ?? ValueTask.CompletedTask;

    /// <summary>The metric that the policy follows, by the minute, and its statistic.</summary>
    public static (MetricQuery Metric, string Statistic) Metric(PolicyRecord policy, ScalingDimension dimension)
    {
        var minute = TimeSpan.FromMinutes(1);
        if (policy.Tracking.CustomizedMetricSpecification is not { } own)
        {
            return (new MetricQuery(dimension.Namespace, dimension.MetricName, dimension.Dimensions, default, default, minute), MetricStatistic.Sum);
        }

        MetricDimension[] dimensions = [.. (own.Dimensions ?? []).Select(one => new MetricDimension(one.Name, one.Value))];
        return (new MetricQuery(own.Namespace!, own.MetricName!, dimensions, default, default, minute, own.Unit), own.Statistic!);
    }

    // A minute's sum of what is consumed each second.
    private static double ThresholdOf(double percent, int capacity) => percent / 100 * capacity * 60;
}
