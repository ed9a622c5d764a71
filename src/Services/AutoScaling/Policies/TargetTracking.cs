using Haneul.AutoScaling.Activities;
using Haneul.AutoScaling.Contracts;
using Haneul.AutoScaling.Targets;
using Haneul.Integration.Metrics;
using Haneul.Integration.Scaling;
using Haneul.Kernel.Identity;

namespace Haneul.AutoScaling.Policies;

/// <summary>
/// Follows a target: when the metric is above it, the capacity becomes what would bring it there; when it was below for long, what the highest
/// use of that time would have needed.
/// </summary>
internal sealed class TargetTracking(
    ScalingTable scaling, ScalableServices services, Scaler scaler, PolicyAlarms alarms, IEnumerable<IMetrics> metrics, TimeProvider time)
{
    private static readonly TimeSpan s_lookBack = TimeSpan.FromMinutes(15);

    /// <param name="account">Whose policy it is.</param>
    /// <param name="region">Where it is.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="alarm">One of the policy's alarms, in ALARM.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task RunAsync(AccountId account, Region region, PolicyRecord policy, AlarmNotice alarm, CancellationToken cancel)
    {
        if (TargetRecord.Find(scaling.Of(account, region), policy.What) is not { } target
            || services.Find(policy.What, out _) is not { } found
            || await scaler.ReadAsync(account, region, policy.What, cancel) is not { } capacity || capacity == 0)
        {
            return;
        }

        var cause = $"monitor alarm {alarm.Name} in state {alarm.State} triggered policy {policy.Name}";
        if (alarm.Name == policy.HighAlarm)
        {
            if (alarm.Value is { } value && !target.OutSuspended)
            {
                var wanted = Wanted(policy, value, capacity);
                await OutAsync(account, region, policy, target, found.Dimension, capacity, wanted, cause, cancel);
            }
        }
        else if (alarm.Name == policy.LowAlarm && !target.InSuspended
            && await HighestAsync(account, region, policy, found.Dimension, cancel) is { } highest)
        {
            await InAsync(account, region, policy, target, found.Dimension, capacity, Wanted(policy, highest, capacity), cause, cancel);
        }
    }

    /// <summary>Keeps the alarms where the capacity wants them: for the loop, when somebody else has changed it or an alarm is gone.</summary>
    public async Task RealignAsync(
        AccountId account, Region region, PolicyRecord policy, ScalingDimension dimension, int capacity, CancellationToken cancel)
    {
        var changed = policy with { AlarmsFor = capacity };
        await StoreAsync(account, region, policy, changed);
        await alarms.PutAsync(account, region, changed, dimension, capacity, cancel);
    }

    private async Task OutAsync(
        AccountId account,
        Region region,
        PolicyRecord policy,
        TargetRecord target,
        ScalingDimension dimension,
        int capacity,
        int wanted,
        string cause,
        CancellationToken cancel)
    {
        if (capacity >= target.Max && wanted > target.Max)
        {
            await scaler.NotScaledAsync(account, region, policy.What, Scaler.AtMax, target.Max, cause);
            return;
        }

        // While a scale-out takes effect only a larger one follows it.
        var next = target.Clamp(wanted);
        var cooling = policy.ScaledOut + TimeSpan.FromSeconds(policy.Tracking.ScaleOutCooldown ?? 0) > time.GetUtcNow();
        if (next <= capacity || (cooling && next - capacity <= policy.OutStep))
        {
            return;
        }

        if (await scaler.SetAsync(account, region, policy.What, next, cause, cancel))
        {
            var changed = policy with { ScaledOut = time.GetUtcNow(), OutStep = next - capacity, ScaledIn = null, AlarmsFor = next };
            await StoreAsync(account, region, policy, changed);
            await alarms.PutAsync(account, region, changed, dimension, next, cancel);
        }
    }

    private async Task InAsync(
        AccountId account,
        Region region,
        PolicyRecord policy,
        TargetRecord target,
        ScalingDimension dimension,
        int capacity,
        int wanted,
        string cause,
        CancellationToken cancel)
    {
        if (capacity <= target.Min && wanted < target.Min)
        {
            await scaler.NotScaledAsync(account, region, policy.What, Scaler.AtMin, target.Min, cause);
            return;
        }

        var next = target.Clamp(wanted);
        var cooling = policy.ScaledIn + TimeSpan.FromSeconds(policy.Tracking.ScaleInCooldown ?? 0) > time.GetUtcNow();
        if (next >= capacity || cooling)
        {
            return;
        }

        if (await scaler.SetAsync(account, region, policy.What, next, cause, cancel))
        {
            var changed = policy with { ScaledIn = time.GetUtcNow(), AlarmsFor = next };
            await StoreAsync(account, region, policy, changed);
            await alarms.PutAsync(account, region, changed, dimension, next, cancel);
        }
    }

    // A utilization is a minute's use over the capacity; another metric is taken to fall as the capacity grows.
    private static int Wanted(PolicyRecord policy, double value, int capacity)
    {
        var target = policy.Tracking.TargetValue!.Value;
        var wanted = policy.Tracking.CustomizedMetricSpecification is null ? value / 60 * 100 / target : capacity * value / target;
        return (int)Math.Clamp(Math.Ceiling(wanted), 0, int.MaxValue);
    }

    private async ValueTask<double?> HighestAsync(
        AccountId account, Region region, PolicyRecord policy, ScalingDimension dimension, CancellationToken cancel)
    {
        if (metrics.FirstOrDefault() is not { } port)
        {
            return null;
        }

        var (metric, statistic) = PolicyAlarms.Metric(policy, dimension);
        var now = time.GetUtcNow();
        var end = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        var points = await port.ReadAsync(account, region, metric with { Start = end - s_lookBack, End = end }, cancel);
        return points.Count == 0 ? null : points.Max(point => statistic switch
        {
            MetricStatistic.Sum => point.Values.Sum,
            MetricStatistic.Average => point.Values.Average,
            MetricStatistic.Minimum => point.Values.Minimum,
            MetricStatistic.Maximum => point.Values.Maximum,
            _ => point.Values.Count,
        });
    }

    // Only if nobody has put or deleted it meanwhile.
    private ValueTask<bool> StoreAsync(AccountId account, Region region, PolicyRecord before, PolicyRecord changed) =>
        scaling.Of(account, region).UpdateAsync((before, changed), static (current, batch, policies) =>
        {
            if (PolicyRecord.Find(current, policies.before.What, policies.before.Name) is not { } stored
                || stored.Configuration.GetRawText() != policies.before.Configuration.GetRawText())
            {
                return false;
            }

            batch.Put(policies.changed.Key, policies.changed.Encode());
            return true;
        });
}
