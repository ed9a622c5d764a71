using System.Globalization;
using Haneul.Integration.Metrics;
using Haneul.Logs.Contracts;
using Haneul.Logs.Events;
using Haneul.Logs.Filters;

namespace Haneul.Logs.MetricFilters;

/// <summary>What a metric filter makes of events.</summary>
internal static class FilterMetrics
{
    /// <summary>A datum for each event that the filter picks and that has a number; the default value when it picks none.</summary>
    public static List<MetricDatum> Of(PutMetricFilterInput filter, IReadOnlyList<FedEvent> events)
    {
        var pattern = FilterPattern.Parse(filter.FilterPattern);
        var transformation = filter.MetricTransformations[0];
        var data = new List<MetricDatum>();
        foreach (var item in events)
        {
            if (pattern.Matches(item.Message) && Number(transformation.MetricValue, pattern, item.Message) is { } value
                && Dimensions(transformation, pattern, item.Message) is { } dimensions)
            {
                data.Add(Datum(transformation, item.Time, value, dimensions));
            }
        }

        if (data.Count == 0 && transformation.DefaultValue is { } otherwise)
        {
            data.Add(Datum(transformation, events[^1].Time, otherwise, []));
        }

        return data;
    }

    private static MetricDatum Datum(MetricTransformation transformation, long time, double value, IReadOnlyList<MetricDimension> dimensions) => new(
        transformation.MetricName,
        dimensions,
        DateTimeOffset.FromUnixTimeMilliseconds(time),
        transformation.Unit ?? MetricUnit.None,
        MetricSummary.Of(value));

    private static double? Number(string metricValue, FilterPattern pattern, string message)
    {
        var text = metricValue.StartsWith('$') ? pattern.Extract(metricValue, message) : metricValue;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
    }

    // An event that lacks one of them makes no datum.
    private static List<MetricDimension>? Dimensions(MetricTransformation transformation, FilterPattern pattern, string message)
    {
        var dimensions = new List<MetricDimension>();
        foreach (var (name, selector) in transformation.Dimensions ?? new Dictionary<string, string>())
        {
            if (pattern.Extract(selector, message) is not { Length: > 0 } value)
            {
                return null;
            }

            dimensions.Add(new MetricDimension(name, value));
        }

        return dimensions;
    }
}
