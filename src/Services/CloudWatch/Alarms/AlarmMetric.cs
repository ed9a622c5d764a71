using Haneul.CloudWatch.Contracts;

namespace Haneul.CloudWatch.Alarms;

/// <summary>What a metric alarm watches, in one form: queries, of which one returns what is compared.</summary>
/// <param name="Queries">For <c>GetMetricData</c>.</param>
/// <param name="Period">Seconds between the values compared.</param>
internal sealed record AlarmMetric(IReadOnlyList<MetricDataQuery> Queries, int Period)
{
    public static AlarmMetric Of(PutMetricAlarmInput alarm)
    {
        if (alarm.Metrics is { Count: > 0 } queries)
        {
            var returned = queries.First(query => query.ReturnData != false);
            return new AlarmMetric(
                queries, returned.MetricStat?.Period ?? returned.Period ?? queries.Select(query => query.MetricStat?.Period).Max() ?? 300);
        }

        var query = new MetricDataQuery
        {
            Id = "m1",
            MetricStat = new MetricStat
            {
                Metric = new Metric { Namespace = alarm.Namespace, MetricName = alarm.MetricName, Dimensions = alarm.Dimensions },
                Period = alarm.Period,
                Stat = alarm.Statistic ?? alarm.ExtendedStatistic!,
                Unit = alarm.Unit,
            },
        };
        return new AlarmMetric([query], alarm.Period!.Value);
    }
}
