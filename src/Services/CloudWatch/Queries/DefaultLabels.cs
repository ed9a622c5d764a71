using System.Globalization;
using Haneul.CloudWatch.Expressions;

namespace Haneul.CloudWatch.Queries;

/// <summary>What series are called that were given no label: the metric's name, and what tells series of one name apart.</summary>
internal static class DefaultLabels
{
    public static IReadOnlyList<string> Of(IReadOnlyList<TimeSeries> series) => [.. series.Select(one => Of(one, series))];

    private static string Of(TimeSeries one, IReadOnlyList<TimeSeries> all)
    {
        var parts = new List<string> { one.Metric!.Name };
        var others = all.Where(other => other.Metric!.Name == one.Metric.Name).ToList();
        foreach (var dimension in one.Metric.Dimensions)
        {
            if (others.Exists(other => !other.Metric!.Dimensions.Contains(dimension)))
            {
                parts.Add(dimension.Value);
            }
        }

        if (others.Exists(other => other.Stat != one.Stat))
        {
            parts.Add(one.Stat!);
        }

        if (others.Exists(other => other.Period != one.Period))
        {
            parts.Add(one.Period.ToString(CultureInfo.InvariantCulture));
        }

        return string.Join(' ', parts);
    }
}
