using Haneul.CloudWatch.Metrics;

namespace Haneul.CloudWatch.Expressions;

/// <summary>Points in order of time, and what they are called.</summary>
/// <param name="Label">The name to show.</param>
/// <param name="Period">The distance of its points in seconds.</param>
/// <param name="Points">Seconds since 1970 and values.</param>
internal sealed record TimeSeries(string Label, int Period, IReadOnlyList<MathPoint> Points)
{
    /// <summary>The id of the query that it comes from.</summary>
    public string? Id { get; init; }

    /// <summary>The metric, for a series that was read and not computed.</summary>
    public MetricId? Metric { get; init; }

    public string? Stat { get; init; }

    /// <summary>The units found, when the query asked for none and there were several.</summary>
    public IReadOnlyList<string> Units { get; init; } = [];

    public TimeSeries Select(Func<MathPoint, double> value) => With(Points.Select(point => point with { Value = value(point) }));

    /// <summary>Other points under the same name; what is no number is left out.</summary>
    public TimeSeries With(IEnumerable<MathPoint> points) => this with { Points = [.. points.Where(point => double.IsFinite(point.Value))] };
}

internal readonly record struct MathPoint(long Second, double Value);
