using Haneul.CloudWatch.Contracts;
using Haneul.CloudWatch.Expressions;
using Haneul.CloudWatch.Metrics;
using Haneul.CloudWatch.Queries;
using Haneul.Kernel.Identity;

namespace Haneul.CloudWatch.Alarms;

/// <summary>Reads what a metric alarm watches and decides on its state.</summary>
internal sealed class MetricEvaluator(QueryRunner runner)
{
    /// <summary>How often, in seconds, an alarm is looked at: each minute, or with each of its shorter periods.</summary>
    public static int Step(PutMetricAlarmInput alarm) => Math.Min(60, AlarmMetric.Of(alarm).Period);

    /// <summary>The evaluation at a moment; null if the alarm stays as it is.</summary>
    public Evaluation? Evaluate(AccountId account, Region region, PutMetricAlarmInput alarm, DateTimeOffset now)
    {
        var metric = AlarmMetric.Of(alarm);
        if (Read(account, region, metric.Queries, alarm, now) is not { } points)
        {
            return null;
        }

        // A few values say little about a percentile.
        if (alarm.EvaluateLowSampleCountPercentile == "ignore" && alarm.ExtendedStatistic is { } text
            && MetricStatistic.TryParse(text) is { Kind: StatisticKind.Percentile } statistic)
        {
            var counts = Read(account, region, [Counting(metric.Queries[0])], alarm, now)!;
            if (counts.Any(count => count.Value < Evaluation.NeededSamples(statistic)))
            {
                return null;
            }
        }

        return new Evaluation(alarm, points, metric.Period, now);
    }

    /// <summary>The newest value that was compared.</summary>
    public double? Newest(AccountId account, Region region, PutMetricAlarmInput alarm, DateTimeOffset now) =>
        Read(account, region, AlarmMetric.Of(alarm).Queries, alarm, now) is [.., var newest] ? newest.Value : null;

    // Whole periods that end with the last whole step.
    private IReadOnlyList<MathPoint>? Read(
        AccountId account, Region region, IReadOnlyList<MetricDataQuery> queries, PutMetricAlarmInput alarm, DateTimeOffset now)
    {
        var step = Step(alarm);
        var end = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds() / step * step);
        var start = end - TimeSpan.FromSeconds((long)AlarmMetric.Of(alarm).Period * (alarm.EvaluationPeriods!.Value + Evaluation.MorePeriods));
        try
        {
            var results = runner.Run(account, region, queries, start, end, now);
            return results.First(result => result.Query.ReturnData != false).Series is [var series] ? series.Points : null;
        }
        catch (MathException)
        {
            return null;
        }
    }

    private static MetricDataQuery Counting(MetricDataQuery query) => new()
    {
        Id = query.Id,
        MetricStat = new MetricStat
        {
            Metric = query.MetricStat!.Metric,
            Period = query.MetricStat.Period,
            Stat = "SampleCount",
            Unit = query.MetricStat.Unit,
        },
    };
}
