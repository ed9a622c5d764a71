using Haneul.CloudWatch.Contracts;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Identity;
using Haneul.Storage;
using Microsoft.Extensions.Logging;

namespace Haneul.CloudWatch.Alarms;

/// <summary>Runs the actions of the state that an alarm is in, and remembers how each ended.</summary>
internal sealed class ActionRunner(
    AlarmTable alarms, MetricEvaluator evaluator, IEnumerable<IAlarmActions> services, IIdSource ids, TimeProvider time, ILogger<ActionRunner> log)
{
    /// <param name="partition">Where the alarm is.</param>
    /// <param name="account">Whose it is.</param>
    /// <param name="region">Where it is.</param>
    /// <param name="alarm">The alarm, whose state is new, or old and still the same.</param>
    /// <param name="entered">The state is new: all actions run, not only those that repeat.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task RunAsync(IPartition partition, AccountId account, Region region, AlarmRecord alarm, bool entered, CancellationToken cancel)
    {
        var context = Context(account, region, alarm);
        AlarmNotice? notice = null;
        foreach (var action in alarm.ActionsEnabled ? alarm.Actions : [])
        {
            if (!Arn.TryParse(action, out var arn) || services.FirstOrDefault(service => service.Owns(arn)) is not { } owner
                || (!entered && !owner.Repeats))
            {
                continue;
            }

            var outcome = await owner.RunAsync(arn, notice ??= Notice(alarm, context), context, cancel);
            if (!outcome.Succeeded)
            {
                Log.ActionFailed(log, action, alarm.Name, outcome.Error.Message ?? outcome.Error.Shape.Code);
            }

            // What repeats each minute is remembered once.
            if (entered)
            {
                var history = HistoryRecord.Action(alarm, action, outcome.Error?.Message ?? outcome.Error?.Shape.Code);
                await alarms.ChangeAsync(partition, alarm.Name, time.GetUtcNow(), current => current is null ? null : (current, history));
            }
        }
    }

    private AlarmNotice Notice(AlarmRecord alarm, CallContext context) => new(
        alarm.Name,
        alarm.State.Value,
        alarm.IsComposite ? null : alarm.Metric.Threshold,
        alarm.IsComposite || alarm.State.Value == StateValue.InsufficientData
            ? null : evaluator.Newest(context.Account, context.Region, alarm.Metric, context.Time),
        AlarmEvent.Of(alarm, context));

    private CallContext Context(AccountId account, Region region, AlarmRecord alarm) => new()
    {
        Principal = Principal.Service("cloudwatch.amazonaws.com", account),
        Region = region,
        RequestId = ids.NewUuid(),
        Time = time.GetUtcNow(),
        SourceArn = AlarmArn.Of(account, region, alarm.Name),
        SourceAccount = account.Value,
    };
}
