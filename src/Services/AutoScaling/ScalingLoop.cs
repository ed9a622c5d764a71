using Haneul.AutoScaling.Activities;
using Haneul.AutoScaling.Policies;
using Haneul.AutoScaling.Schedules;
using Haneul.AutoScaling.Targets;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Identity;
using Haneul.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Haneul.AutoScaling;

/// <summary>
/// Each minute: runs the scheduled actions that are due, brings capacities between their bounds, and keeps the policies' alarms in line with
/// capacities that somebody else has changed.
/// </summary>
internal sealed class ScalingLoop(
    ScalingTable scaling,
    ScalableServices services,
    Scaler scaler,
    TargetTracking tracking,
    IEnumerable<IAlarms> alarms,
    TimeProvider time,
    ILogger<ScalingLoop> log) : BackgroundService
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    // One round at a time.
    private readonly SemaphoreSlim _round = new(1);

    /// <summary>One round over everything that is scaled.</summary>
    public async Task RunOnceAsync(CancellationToken cancel)
    {
        await _round.WaitAsync(cancel);
        try
        {
            foreach (var (account, region) in scaling.Places())
            {
                await RunAsync(account, region, cancel);
            }
        }
        finally
        {
            _round.Release();
        }
    }

    public override void Dispose()
    {
        _round.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host starts what listens only when this has given the thread back.
        await Task.Yield();
        try
        {
            while (true)
            {
                var now = time.GetUtcNow();
                await Task.Delay(TimeSpan.FromTicks(s_minute.Ticks - (now.UtcTicks % s_minute.Ticks)), time, stoppingToken);
                try
                {
                    await RunOnceAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    Log.RoundFailed(log, exception);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The cloud stops.
        }
    }

    private async Task RunAsync(AccountId account, Region region, CancellationToken cancel)
    {
        var partition = scaling.Of(account, region);
        var causes = await RunDueAsync(partition);
        foreach (var (_, target) in ScalingTable.List(partition, [AutoScalingKeyspace.Targets], TargetJson.Default.TargetRecord))
        {
            cancel.ThrowIfCancellationRequested();
            if (await scaler.ReadAsync(account, region, target.What, cancel) is not { } capacity || capacity == 0)
            {
                continue;
            }

            capacity = await BoundAsync(account, region, target, capacity, causes.GetValueOrDefault(target.What), cancel);
            await RealignAsync(account, region, target.What, capacity, cancel);
        }

        await ActivityTable.TrimAsync(partition, time.GetUtcNow() - ActivityRecord.Kept);
    }

    // What ran, by what it scales.
    private async Task<Dictionary<ScalingId, string>> RunDueAsync(IPartition partition)
    {
        var now = time.GetUtcNow();
        var causes = new Dictionary<ScalingId, string>();
        foreach (var (_, action) in ScalingTable.List(partition, [AutoScalingKeyspace.Schedules], ScheduleJson.Default.ScheduleRecord))
        {
            if (action.Next is not { } next || next > now)
            {
                continue;
            }

            var ran = await partition.UpdateAsync((action, now), static (current, batch, call) =>
            {
                var (action, now) = call;
                if (ScheduleRecord.Find(current, action.What, action.Name) is not { } stored || stored.Next != action.Next
                    || TargetRecord.Find(current, action.What) is not { } target)
                {
                    return false;
                }

                batch.Put(stored.Key, stored.Waiting(now).Encode());
                if (target.ScheduledSuspended)
                {
                    return false;
                }

                // A bound that would pass the other takes it along.
                var (min, max) = (action.Min ?? target.Min, action.Max ?? target.Max);
                (min, max) = (action.Min is null ? Math.Min(min, max) : min, action.Max is null ? Math.Max(min, max) : max);
                batch.Put(AutoScalingKeyspace.Key(AutoScalingKeyspace.Targets, target.What), (target with { Min = min, Max = max }).Encode());
                return true;
            });
            if (ran)
            {
                causes[action.What] = $"scheduled action name {action.Name} was triggered";
            }
        }

        return causes;
    }

    private async Task<int> BoundAsync(
        AccountId account, Region region, TargetRecord target, int capacity, string? scheduled, CancellationToken cancel)
    {
        var bounded = target.Clamp(capacity);
        if (bounded == capacity || (scheduled is null && (bounded > capacity ? target.OutSuspended : target.InSuspended)))
        {
            return capacity;
        }

        var bound = bounded > capacity ? $"minimum capacity was set to {target.Min}" : $"maximum capacity was set to {target.Max}";
        var cause = scheduled is null ? bound : $"{bound} while {scheduled}";
        return await scaler.SetAsync(account, region, target.What, bounded, cause, cancel) ? bounded : capacity;
    }

    private async Task RealignAsync(AccountId account, Region region, ScalingId what, int capacity, CancellationToken cancel)
    {
        if (alarms.FirstOrDefault() is not { } port || services.Find(what, out _) is not { } found)
        {
            return;
        }

        var prefix = AutoScalingKeyspace.Key(AutoScalingKeyspace.Policies, what);
        foreach (var (_, policy) in ScalingTable.List(scaling.Of(account, region), prefix, PolicyJson.Default.PolicyRecord))
        {
            var existing = await port.ExistingAsync(account, region, policy.AlarmNames, cancel);
            if (policy.AlarmsFor != capacity || existing.Count < policy.AlarmNames.Count)
            {
                await tracking.RealignAsync(account, region, policy, found.Dimension, capacity, cancel);
            }
        }
    }
}
