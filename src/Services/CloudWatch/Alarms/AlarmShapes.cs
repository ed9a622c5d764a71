using Haneul.CloudWatch.Contracts;
using Haneul.Kernel.Identity;

namespace Haneul.CloudWatch.Alarms;

/// <summary>Alarms as operations show them.</summary>
internal static class AlarmShapes
{
    public static MetricAlarm Metric(AlarmRecord alarm, CallContext context)
    {
        var input = alarm.Metric;
        return new MetricAlarm
        {
            AlarmName = alarm.Name,
            AlarmArn = AlarmArn.Of(context, alarm.Name),
            AlarmDescription = input.AlarmDescription,
            AlarmConfigurationUpdatedTimestamp = alarm.Configured,
            ActionsEnabled = alarm.ActionsEnabled,
            OKActions = input.OKActions ?? [],
            AlarmActions = input.AlarmActions ?? [],
            InsufficientDataActions = input.InsufficientDataActions ?? [],
            StateValue = alarm.State.Value,
            StateReason = alarm.State.Reason,
            StateReasonData = alarm.State.Data,
            StateUpdatedTimestamp = alarm.State.Updated,
            StateTransitionedTimestamp = alarm.State.Transitioned,
            MetricName = input.MetricName,
            Namespace = input.Namespace,
            Statistic = input.Statistic,
            ExtendedStatistic = input.ExtendedStatistic,
            Dimensions = input.Dimensions ?? [],
            Period = input.Period,
            Unit = input.Unit,
            EvaluationPeriods = input.EvaluationPeriods,
            DatapointsToAlarm = input.DatapointsToAlarm,
            Threshold = input.Threshold,
            ComparisonOperator = input.ComparisonOperator,
            TreatMissingData = input.TreatMissingData,
            EvaluateLowSampleCountPercentile = input.EvaluateLowSampleCountPercentile,
            Metrics = input.Metrics,
        };
    }

    public static CompositeAlarm Composite(AlarmRecord alarm, CallContext context)
    {
        var input = alarm.Composite;
        return new CompositeAlarm
        {
            AlarmName = alarm.Name,
            AlarmArn = AlarmArn.Of(context, alarm.Name),
            AlarmDescription = input.AlarmDescription,
            AlarmConfigurationUpdatedTimestamp = alarm.Configured,
            ActionsEnabled = alarm.ActionsEnabled,
            OKActions = input.OKActions ?? [],
            AlarmActions = input.AlarmActions ?? [],
            InsufficientDataActions = input.InsufficientDataActions ?? [],
            AlarmRule = input.AlarmRule,
            StateValue = alarm.State.Value,
            StateReason = alarm.State.Reason,
            StateReasonData = alarm.State.Data,
            StateUpdatedTimestamp = alarm.State.Updated,
            StateTransitionedTimestamp = alarm.State.Transitioned,
            ActionsSuppressor = input.ActionsSuppressor,
            ActionsSuppressorWaitPeriod = input.ActionsSuppressorWaitPeriod,
            ActionsSuppressorExtensionPeriod = input.ActionsSuppressorExtensionPeriod,
            ActionsSuppressedBy = alarm.SuppressedBy,
            ActionsSuppressedReason = alarm.SuppressedBy is { } by ? Suppression.Reason(by, input.ActionsSuppressor!) : null,
        };
    }
}
