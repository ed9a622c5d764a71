using System.Globalization;
using Haneul.CloudWatch.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Storage;
using Haneul.Storage.Keys;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Haneul.CloudWatch.Alarms;

/// <summary>
/// Evaluates metric alarms each minute, or every ten seconds with short periods, then the composite alarms above them, and has actions run. What
/// is due is stored, so that a stop in the middle repeats an action at most.
/// </summary>
internal sealed class AlarmLoop(
    IStore store, AlarmTable alarms, MetricEvaluator evaluator, ActionRunner actions, TimeProvider time, ILogger<AlarmLoop> log) : BackgroundService
{
    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_trimInterval = TimeSpan.FromHours(1);

    // One round at a time; guards what is below.
    private readonly SemaphoreSlim _round = new(1);
    private Dictionary<(PartitionId, string), (DateTimeOffset Configured, long Step)> _evaluated = [];
    private DateTimeOffset _trimmed;

    /// <summary>One round over all alarms.</summary>
    public async Task RunOnceAsync(CancellationToken cancel)
    {
        await _round.WaitAsync(cancel);
        try
        {
            var evaluated = new Dictionary<(PartitionId, string), (DateTimeOffset, long)>();
            foreach (var id in store.Partitions(CloudWatchKeyspace.Root))
            {
                var parts = id.Parts();
                if (AccountId.TryParse(parts[1], out var account) && Region.TryParse(parts[2], out var region))
                {
                    await RunAsync(store.Partition(id), account, region, evaluated, cancel);
                }
            }

            _evaluated = evaluated;
            _trimmed = time.GetUtcNow() - _trimmed >= s_trimInterval ? time.GetUtcNow() : _trimmed;
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
                var seen = alarms.Changes.Version;
                try
                {
                    await RunOnceAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    Log.RoundFailed(log, exception);
                }

                var now = time.GetUtcNow();
                var next = TimeSpan.FromTicks(s_step.Ticks - (now.UtcTicks % s_step.Ticks));
                await alarms.Changes.WaitAsync(seen, next, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The cloud stops.
        }
    }

    private async Task RunAsync(
        IPartition partition,
        AccountId account,
        Region region,
        Dictionary<(PartitionId, string), (DateTimeOffset, long)> evaluated,
        CancellationToken cancel)
    {
        var all = AlarmTable.All(partition).ToDictionary(alarm => alarm.Name, StringComparer.Ordinal);
        foreach (var alarm in all.Values.Where(alarm => !alarm.IsComposite).ToList())
        {
            cancel.ThrowIfCancellationRequested();
            var step = MetricEvaluator.Step(alarm.Metric);
            var slot = (alarm.Configured, time.GetUtcNow().ToUnixTimeSeconds() / step);
            var key = (partition.Id, alarm.Name);
            evaluated[key] = slot;
            if (!_evaluated.TryGetValue(key, out var last) || last != slot)
            {
                all[alarm.Name] = await EvaluateAsync(partition, account, region, alarm, cancel);
            }
        }

        await EvaluateCompositesAsync(partition, account, region, all);
        foreach (var alarm in all.Values.Where(alarm => alarm.ActionsDue || alarm.SuppressedBy is not null).ToList())
        {
            await ActAsync(partition, account, region, alarm, all, cancel);
        }

        if (time.GetUtcNow() - _trimmed >= s_trimInterval)
        {
            await TrimAsync(partition);
        }
    }

    private async Task<AlarmRecord> EvaluateAsync(
        IPartition partition, AccountId account, Region region, AlarmRecord alarm, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (evaluator.Evaluate(account, region, alarm.Metric, now) is { Value: { } value } evaluation && value != alarm.State.Value)
        {
            return await EnterAsync(partition, alarm, value, evaluation.Reason(), evaluation.Data(), now);
        }

        if (!alarm.ActionsDue)
        {
            await actions.RunAsync(partition, account, region, alarm, entered: false, cancel);
        }

        return alarm;
    }

    // Composite alarms may watch each other: again until nothing changes, at most once for each.
    private async Task EvaluateCompositesAsync(IPartition partition, AccountId account, Region region, Dictionary<string, AlarmRecord> all)
    {
        var composites = all.Values.Where(alarm => alarm.IsComposite).Select(alarm => alarm.Name).ToList();
        for (var (round, changed) = (0, true); changed && round <= composites.Count; round++)
        {
            changed = false;
            foreach (var name in composites)
            {
                var alarm = all[name];
                var rule = AlarmRule.Parse(alarm.Composite.AlarmRule);
                var value = rule.Holds(child => all.GetValueOrDefault(child)?.State.Value) ? StateValue.Alarm : StateValue.Ok;
                if (value == alarm.State.Value)
                {
                    continue;
                }

                // The child that changed last is named as the cause.
                var cause = rule.Alarms.Select(child => all.GetValueOrDefault(child)).Where(child => child is not null)
                    .MaxBy(child => child!.State.Transitioned);
                var (reason, data) = Cause(cause, account, region, value);
                all[name] = await EnterAsync(partition, alarm, value, reason, data, time.GetUtcNow());
                changed = true;
            }
        }
    }

    private static (string Reason, string? Data) Cause(AlarmRecord? cause, AccountId account, Region region, string value)
    {
        if (cause is null)
        {
            return ($"The alarm rule evaluates to {(value == StateValue.Alarm ? "TRUE" : "FALSE")}", null);
        }

        var arn = cause.ArnIn(account, region);
        var at = cause.State.Transitioned.UtcDateTime.ToString("dddd dd MMMM, yyyy HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        return ($"{arn} transitioned to {cause.State.Value} at {at}", AlarmText.Json(json =>
        {
            json.WriteStartArray("triggeringAlarms");
            json.WriteStartObject();
            json.WriteString("arn", arn);
            json.WriteStartObject("state");
            json.WriteString("value", cause.State.Value);
            json.WriteString("timestamp", AlarmText.Time(cause.State.Transitioned));
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
        }));
    }

    // Only if it still is as it was evaluated.
    private async Task<AlarmRecord> EnterAsync(
        IPartition partition, AlarmRecord alarm, string value, string reason, string? data, DateTimeOffset now) =>
        await alarms.ChangeAsync(partition, alarm.Name, now, current =>
        {
            if (current is null || current.Configured != alarm.Configured || current.State != alarm.State)
            {
                return null;
            }

            var entered = current.Enter(value, reason, data, now);
            return (entered, HistoryRecord.Transition(entered));
        }) ?? alarm;

    private async Task ActAsync(
        IPartition partition, AccountId account, Region region, AlarmRecord alarm, Dictionary<string, AlarmRecord> all, CancellationToken cancel)
    {
        var suppressor = alarm.IsComposite && alarm.Composite.ActionsSuppressor is { } other ? all.GetValueOrDefault(AlarmArn.Name(other)) : null;
        var held = Suppression.Of(alarm, suppressor?.State, time.GetUtcNow());
        var run = alarm.ActionsDue && held is null;
        if (run)
        {
            await actions.RunAsync(partition, account, region, alarm, entered: true, cancel);
        }

        if (run || held != alarm.SuppressedBy)
        {
            await alarms.ChangeAsync(partition, alarm.Name, time.GetUtcNow(), current => current is null || current.State != alarm.State
                ? null
                : (current with
                {
                    ActionsDue = !run && current.ActionsDue,
                    ActedState = run ? alarm.State.Value : current.ActedState,
                    SuppressedBy = held,
                }, null));
        }
    }

    private async Task TrimAsync(IPartition partition)
    {
        var cutoff = time.GetUtcNow() - HistoryRecord.Kept;
        var batch = new Batch();
        foreach (var entry in partition.Scan(KeyRange.Prefix([CloudWatchKeyspace.History])))
        {
            var key = new KeyReader(entry.Key);
            key.ReadByte();
            key.SkipBytes();
            if (key.ReadTime() < cutoff)
            {
                batch.Delete(entry.Key);
            }
        }

        await partition.CommitAsync(batch);
    }
}
