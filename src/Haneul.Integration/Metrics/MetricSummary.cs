namespace Haneul.Integration.Metrics;

/// <summary>What is kept of a set of values: count, sum, least, greatest and, where it is known, how they are distributed.</summary>
/// <remarks>Not safe for several threads.</remarks>
public sealed class MetricSummary
{
    /// <param name="distribution">Whether percentiles will be asked for.</param>
    public MetricSummary(bool distribution) => Distribution = distribution ? new MetricDistribution() : null;

    /// <summary>A set that is only known by its statistics. Percentiles are known when all values must be equal.</summary>
    public MetricSummary(double count, double sum, double minimum, double maximum)
    {
        (Count, Sum, Minimum, Maximum) = (count, sum, minimum, maximum);
        if (count > 0 && minimum == maximum)
        {
            Distribution = new MetricDistribution();
            Distribution.Add(minimum, count);
        }
    }

    /// <summary>As an earlier one was stored.</summary>
    public MetricSummary(double count, double sum, double minimum, double maximum, MetricDistribution? distribution) =>
        (Count, Sum, Minimum, Maximum, Distribution) = (count, sum, minimum, maximum, distribution);

    public static MetricSummary Of(double value)
    {
        var summary = new MetricSummary(distribution: true);
        summary.Add(value);
        return summary;
    }

    public double Count { get; private set; }

    public double Sum { get; private set; }

    public double Minimum { get; private set; } = double.PositiveInfinity;

    public double Maximum { get; private set; } = double.NegativeInfinity;

    public double Average => Sum / Count;

    /// <summary>Null when some of the values are known by their statistics only.</summary>
    public MetricDistribution? Distribution { get; private set; }

    public bool IsEmpty => Count == 0;

    public void Add(double value, double count = 1)
    {
        Count += count;
        Sum += value * count;
        Minimum = Math.Min(Minimum, value);
        Maximum = Math.Max(Maximum, value);
        Distribution?.Add(value, count);
    }

    public void Add(MetricSummary other)
    {
        if (other.IsEmpty)
        {
            return;
        }

        Count += other.Count;
        Sum += other.Sum;
        Minimum = Math.Min(Minimum, other.Minimum);
        Maximum = Math.Max(Maximum, other.Maximum);
        if (other.Distribution is null)
        {
            Distribution = null;
        }
        else
        {
            Distribution?.Add(other.Distribution);
        }
    }

    /// <summary>Forgets the values and keeps the memory.</summary>
    public void Clear()
    {
        (Count, Sum, Minimum, Maximum) = (0, 0, double.PositiveInfinity, double.NegativeInfinity);
        Distribution?.Clear();
    }
}
