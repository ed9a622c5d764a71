namespace Haneul.CloudWatch.Metrics;

/// <summary>
/// How the times of queries are rounded: the older the start, the coarser.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html"/>
/// </summary>
internal static class QueryTime
{
    public static bool IsPeriod(int period) => period is 1 or 5 or 10 or 20 or 30 || (period > 0 && period % 60 == 0);

    /// <summary>The start in seconds since 1970, rounded down.</summary>
    public static long Start(DateTimeOffset start, int period, DateTimeOffset now)
    {
        var age = now - start;
        long step = period < 60 ? period
            : age < Tier.Minute.Kept ? 60
            : age < Tier.All[2].Kept ? 300
            : 3600;
        var second = Math.Max(0, start.ToUnixTimeSeconds());
        return second - (second % step);
    }

    /// <summary>The end, not included: a part of a second counts as a whole one.</summary>
    public static long End(DateTimeOffset end) => Math.Max(0, (long)Math.Ceiling(end.ToUnixTimeMilliseconds() / 1000d));
}
