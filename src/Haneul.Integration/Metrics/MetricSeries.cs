using Haneul.Kernel.Identity;

namespace Haneul.Integration.Metrics;

/// <summary>One series that a service reports: what it is called, and what was measured since the last report.</summary>
public sealed class MetricSeries
{
    internal MetricSeries(
        AccountId account, Region region, string metricNamespace, string name, string unit, bool distribution, MetricDimension[] dimensions)
    {
        (Account, Region, Namespace, Name, Unit, Dimensions) = (account, region, metricNamespace, name, unit, dimensions);
        Values = new MetricAccumulator(distribution);
    }

    public AccountId Account { get; }

    public Region Region { get; }

    public string Namespace { get; }

    public string Name { get; }

    public string Unit { get; }

    public IReadOnlyList<MetricDimension> Dimensions { get; }

    public void Add(double value) => Values.Add(value);

    internal MetricAccumulator Values { get; }
}
