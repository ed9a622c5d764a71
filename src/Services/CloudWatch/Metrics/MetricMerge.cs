using Haneul.Integration.Metrics;

namespace Haneul.CloudWatch.Metrics;

/// <summary>Puts together what was read by unit, for readers who do not ask for one.</summary>
internal static class MetricMerge
{
    public static IReadOnlyList<MetricPoint> ByTime(SortedDictionary<(long Second, string Unit), MetricSummary> read)
    {
        var points = new List<MetricPoint>(read.Count);
        foreach (var ((second, _), values) in read)
        {
            var at = DateTimeOffset.FromUnixTimeSeconds(second);
            if (points.Count > 0 && points[^1].Time == at)
            {
                points[^1].Values.Add(values);
            }
            else
            {
                points.Add(new MetricPoint(at, values));
            }
        }

        return points;
    }
}
