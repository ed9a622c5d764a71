using Haneul.CloudWatch.Contracts;
using Haneul.CloudWatch.Metrics;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.CloudWatch.Alarms;

/// <summary>Lists the alarms of one metric; not those of expressions over it.</summary>
internal sealed class DescribeAlarmsForMetric(AlarmTable alarms) : IHandler<DescribeAlarmsForMetricInput, DescribeAlarmsForMetricOutput>
{
    public ValueTask<Outcome<DescribeAlarmsForMetricOutput>> HandleAsync(
        DescribeAlarmsForMetricInput input, CallContext context, CancellationToken cancel)
    {
        var metric = MetricId.Of(input.Namespace, input.MetricName, input.Dimensions);
        return new(new DescribeAlarmsForMetricOutput
        {
            MetricAlarms = [.. AlarmTable.All(alarms.Of(context))
                .Where(alarm => !alarm.IsComposite && alarm.Metric.MetricName is not null && Matches(alarm.Metric))
                .Select(alarm => AlarmShapes.Metric(alarm, context))],
        });

        bool Matches(PutMetricAlarmInput alarm) =>
            metric.Equals(MetricId.Of(alarm.Namespace!, alarm.MetricName!, alarm.Dimensions))
            && (input.Statistic is null || alarm.Statistic == input.Statistic)
            && (input.ExtendedStatistic is null || alarm.ExtendedStatistic == input.ExtendedStatistic)
            && (input.Period is null || alarm.Period == input.Period)
            && (input.Unit is null || alarm.Unit == input.Unit);
    }
}
