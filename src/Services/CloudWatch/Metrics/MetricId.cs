using Haneul.CloudWatch.Contracts;
using Haneul.Integration.Metrics;
using Haneul.Storage.Keys;

namespace Haneul.CloudWatch.Metrics;

/// <summary>What a series is called: namespace, name and dimensions, in order of the dimensions' names.</summary>
internal sealed record MetricId
{
    private MetricId(string metricNamespace, string name, IReadOnlyList<MetricDimension> dimensions) =>
        (Namespace, Name, Dimensions) = (metricNamespace, name, dimensions);

    public string Namespace { get; }

    public string Name { get; }

    public IReadOnlyList<MetricDimension> Dimensions { get; }

    public static MetricId Of(string metricNamespace, string name, IReadOnlyList<Dimension>? dimensions) =>
        Of(metricNamespace, name, [.. (dimensions ?? []).Select(dimension => new MetricDimension(dimension.Name, dimension.Value))]);

    public static MetricId Of(string metricNamespace, string name, IReadOnlyList<MetricDimension> dimensions)
    {
        for (var i = 1; i < dimensions.Count; i++)
        {
            if (string.CompareOrdinal(dimensions[i - 1].Name, dimensions[i].Name) > 0)
            {
                return new MetricId(metricNamespace, name, [.. dimensions.OrderBy(dimension => dimension.Name, StringComparer.Ordinal)]);
            }
        }

        return new MetricId(metricNamespace, name, dimensions);
    }

    public static MetricId FromKey(ReadOnlySpan<byte> key)
    {
        var reader = new KeyReader(key);
        reader.ReadByte();
        var (metricNamespace, name) = (reader.ReadText(), reader.ReadText());
        var dimensions = new List<MetricDimension>();
        while (!reader.AtEnd)
        {
            dimensions.Add(new MetricDimension(reader.ReadText(), reader.ReadText()));
        }

        return new MetricId(metricNamespace, name, dimensions);
    }

    public Metric ToMetric() => new() { Namespace = Namespace, MetricName = Name, Dimensions = ToDimensions() };

    public List<Dimension> ToDimensions() =>
        [.. Dimensions.Select(dimension => new Dimension { Name = dimension.Name, Value = dimension.Value })];

    public bool Equals(MetricId? other) =>
        other is not null && Namespace == other.Namespace && Name == other.Name && Dimensions.SequenceEqual(other.Dimensions);

    public override int GetHashCode() => HashCode.Combine(Namespace, Name, Dimensions.Count);
}
