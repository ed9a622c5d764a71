using Haneul.CloudWatch.Contracts;
using Haneul.CloudWatch.Tags;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Storage;

namespace Haneul.CloudWatch.Alarms;

/// <summary>
/// Makes an alarm of a rule over other alarms, or gives one a new definition; its state stays.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html"/>
/// </summary>
internal sealed class PutCompositeAlarm(AlarmTable alarms, IEnumerable<IAlarmActions> services) : IHandler<PutCompositeAlarmInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(PutCompositeAlarmInput input, CallContext context, CancellationToken cancel)
    {
        string[] actions = [.. input.OKActions ?? [], .. input.AlarmActions ?? [], .. input.InsufficientDataActions ?? []];
        if ((AlarmRules.CheckActions(actions, services, "PutCompositeAlarm") ?? CheckSuppressor(input) ?? TagTable.Check(input.Tags, [])) is { } error)
        {
            return error;
        }

        AlarmRule rule;
        try
        {
            rule = AlarmRule.Parse(input.AlarmRule);
        }
        catch (FormatException exception)
        {
            return CloudWatchFaults.Validation($"AlarmRule is invalid: {exception.Message}");
        }

        var outcome = await alarms.Of(context).UpdateAsync((input, context, rule), static (current, batch, call) =>
        {
            var (input, context, rule) = call;
            if (CheckAlarms(current, input, rule) is { } error)
            {
                return (Outcome<Unit>)error;
            }

            var before = AlarmTable.Find(current, input.AlarmName);
            var (alarm, history) = AlarmWriter.Composite(before, input, context.Time);
            batch.Put(AlarmTable.Key(alarm.Name), alarm.Encode());
            AlarmTable.Remember(current, batch, alarm.Name, context.Time, history);
            TagTable.Put(batch, AlarmArn.Of(context, alarm.Name), before is null ? input.Tags : null);
            return Unit.Value;
        });
        alarms.Changes.Pulse();
        return outcome;
    }

    private static ServiceError? CheckSuppressor(PutCompositeAlarmInput input)
    {
        if (input.ActionsSuppressor is null)
        {
            return input.ActionsSuppressorWaitPeriod is null && input.ActionsSuppressorExtensionPeriod is null
                ? null
                : CloudWatchFaults.Validation("ActionsSuppressorWaitPeriod and ActionsSuppressorExtensionPeriod need an ActionsSuppressor");
        }

        return input.ActionsSuppressorWaitPeriod is >= 0 && input.ActionsSuppressorExtensionPeriod is >= 0
            ? null
            : CloudWatchFaults.Validation("ActionsSuppressorWaitPeriod and ActionsSuppressorExtensionPeriod are required with an ActionsSuppressor");
    }

    private static ServiceError? CheckAlarms(IPartitionReader current, PutCompositeAlarmInput input, AlarmRule rule)
    {
        var missing = rule.Alarms.Where(alarm => alarm != input.AlarmName && !current.Contains(AlarmTable.Key(alarm))).ToList();
        if (missing.Count > 0)
        {
            return CloudWatchFaults.Validation(
                $"Could not save the composite alarm as alarms [{string.Join(", ", missing)}] in the alarm rule do not exist");
        }

        if (rule.Alarms.Contains(input.AlarmName))
        {
            return CloudWatchFaults.Validation($"Could not save the composite alarm as alarm {input.AlarmName} refers to itself");
        }

        return input.ActionsSuppressor is { } suppressor && !current.Contains(AlarmTable.Key(AlarmArn.Name(suppressor)))
            ? CloudWatchFaults.Validation($"Could not save the composite alarm as the actions suppressor {suppressor} does not exist")
            : null;
    }
}
