using Haneul.Integration.Metrics;
using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.Tests;

/// <summary>Metrics that keep what was reported.</summary>
internal sealed class FakeMetrics : IMetrics
{
    public List<(string Series, double Sum)> Reported { get; } = [];

    public ValueTask PutAsync(AccountId account, Region region, string metricNamespace, IReadOnlyList<MetricDatum> data, CancellationToken cancel)
    {
        Reported.AddRange(data.Select(datum => (
            $"{metricNamespace} {datum.Name} {string.Join(',', datum.Dimensions.Select(dimension => $"{dimension.Name}={dimension.Value}"))}", datum.Values.Sum)));
        return default;
    }

    public ValueTask<IReadOnlyList<MetricPoint>> ReadAsync(AccountId account, Region region, MetricQuery query, CancellationToken cancel) =>
        throw new NotSupportedException("API Gateway only reports.");
}
