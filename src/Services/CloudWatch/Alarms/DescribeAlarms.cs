using Haneul.CloudWatch.Contracts;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;

namespace Haneul.CloudWatch.Alarms;

/// <summary>
/// Lists alarms by name, 50 a page; only metric alarms unless composite alarms are asked for.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html"/>
/// </summary>
internal sealed class DescribeAlarms(AlarmTable alarms) : IHandler<DescribeAlarmsInput, DescribeAlarmsOutput>
{
    public ValueTask<Outcome<DescribeAlarmsOutput>> HandleAsync(DescribeAlarmsInput input, CallContext context, CancellationToken cancel)
    {
        if (Check(input) is { } error)
        {
            return new(error);
        }

        string? after = null;
        if (input.NextToken is { } token && (after = PageToken.DecodeText(token)) is null)
        {
            return new(CloudWatchErrors.InvalidNextToken.With("The NextToken is invalid."));
        }

        var partition = alarms.Of(context);
        if (Family(partition, input) is not { } family)
        {
            return new(CloudWatchErrors.ResourceNotFound.With(null));
        }

        // Asked for by relation, alarms of both kinds are shown.
        var related = input.ChildrenOfAlarmName is not null || input.ParentsOfAlarmName is not null;
        var types = input.AlarmTypes is { Count: > 0 } wanted ? wanted
            : related ? [AlarmType.MetricAlarm, AlarmType.CompositeAlarm] : [AlarmType.MetricAlarm];
        var found = family(after).Where(alarm => types.Contains(alarm.Type) && Matches(alarm, input)).Take((input.MaxRecords ?? 50) + 1).ToList();
        string? next = null;
        if (found.Count > (input.MaxRecords ?? 50))
        {
            found.RemoveAt(found.Count - 1);
            next = PageToken.Encode(found[^1].Name);
        }

        return new(new DescribeAlarmsOutput
        {
            MetricAlarms = [.. found.Where(alarm => !alarm.IsComposite)
                .Select(alarm => related ? Brief(alarm, context) : AlarmShapes.Metric(alarm, context))],
            CompositeAlarms = [.. found.Where(alarm => alarm.IsComposite)
                .Select(alarm => related ? BriefComposite(alarm, context) : AlarmShapes.Composite(alarm, context))],
            NextToken = next,
        });
    }

    private static ServiceError? Check(DescribeAlarmsInput input)
    {
        if (input.AlarmNames is { Count: > 0 } && input.AlarmNamePrefix is not null)
        {
            return CloudWatchFaults.Validation("AlarmNamePrefix and AlarmNames are mutually exclusive");
        }

        return (input.ChildrenOfAlarmName is not null || input.ParentsOfAlarmName is not null)
            && input is not { AlarmNames: null or [], AlarmNamePrefix: null, StateValue: null, ActionPrefix: null, AlarmTypes: null or [] }
            ? CloudWatchFaults.Validation("ChildrenOfAlarmName and ParentsOfAlarmName go with MaxRecords and NextToken only")
            : null;
    }

    // The alarms among which to look, as a function of where the page begins; null if the alarm whose relatives are wanted is not there.
    private static Func<string?, IEnumerable<AlarmRecord>>? Family(IPartition partition, DescribeAlarmsInput input)
    {
        if (input.ChildrenOfAlarmName is { } parent)
        {
            return AlarmTable.Find(partition, AlarmArn.Name(parent)) is { IsComposite: true } composite
                ? after => Named(AlarmRule.Parse(composite.Composite.AlarmRule).Alarms, after)
                : null;
        }

        if (input.ParentsOfAlarmName is { } child)
        {
            var name = AlarmArn.Name(child);
            return partition.Contains(AlarmTable.Key(name))
                ? after => AlarmTable.All(partition, after)
                    .Where(alarm => alarm.IsComposite && AlarmRule.Parse(alarm.Composite.AlarmRule).Alarms.Contains(name))
                : null;
        }

        return input.AlarmNames is { Count: > 0 } names ? after => Named(names, after) : after => AlarmTable.All(partition, after);

        IEnumerable<AlarmRecord> Named(IEnumerable<string> wanted, string? after) => wanted
            .Select(AlarmArn.Name).Distinct().Order(StringComparer.Ordinal)
            .Where(name => after is null || string.CompareOrdinal(name, after) > 0)
            .Select(name => AlarmTable.Find(partition, name)!).Where(alarm => alarm is not null);
    }

    private static bool Matches(AlarmRecord alarm, DescribeAlarmsInput input) =>
        (input.AlarmNamePrefix is null || alarm.Name.StartsWith(input.AlarmNamePrefix, StringComparison.Ordinal))
        && (input.StateValue is null || alarm.State.Value == input.StateValue)
        && (input.ActionPrefix is null || alarm.Actions.Any(action => action.StartsWith(input.ActionPrefix, StringComparison.Ordinal)));

    private static MetricAlarm Brief(AlarmRecord alarm, CallContext context) => new()
    {
        AlarmName = alarm.Name,
        AlarmArn = AlarmArn.Of(context, alarm.Name),
        StateValue = alarm.State.Value,
        StateUpdatedTimestamp = alarm.State.Updated,
    };

    private static CompositeAlarm BriefComposite(AlarmRecord alarm, CallContext context) => new()
    {
        AlarmName = alarm.Name,
        AlarmArn = AlarmArn.Of(context, alarm.Name),
        StateValue = alarm.State.Value,
        StateUpdatedTimestamp = alarm.State.Updated,
    };
}
