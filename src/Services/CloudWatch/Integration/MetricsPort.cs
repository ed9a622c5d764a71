using Haneul.CloudWatch.Metrics;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Identity;

namespace Haneul.CloudWatch.Integration;

/// <summary>How the other services report and read metrics.</summary>
internal sealed class MetricsPort(MetricTable metrics) : IMetrics
{
    public ValueTask PutAsync(
        AccountId account, Region region, string metricNamespace, IReadOnlyList<MetricDatum> data, CancellationToken cancel) =>
        metrics.PutAsync(account, region, metricNamespace, data);

    public ValueTask<IReadOnlyList<MetricPoint>> ReadAsync(AccountId account, Region region, MetricQuery query, CancellationToken cancel)
    {
        var period = (uint)query.Period.TotalSeconds;
        var start = query.Start.ToUnixTimeSeconds() / period * period;
        var read = metrics.Read(
            account, region, MetricId.Of(query.Namespace, query.Name, query.Dimensions), start, query.End.ToUnixTimeSeconds(), period, query.Unit);
        return new(MetricMerge.ByTime(read));
    }
}
