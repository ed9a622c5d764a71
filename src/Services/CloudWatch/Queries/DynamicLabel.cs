using System.Globalization;
using System.Text;
using Haneul.CloudWatch.Expressions;
using Haneul.Kernel.Identity;

namespace Haneul.CloudWatch.Queries;

/// <summary>
/// Labels with values in them, such as <c>${MAX}</c> or <c>${PROP('MetricName')}</c>; what is not known stays as it is.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/graph-dynamic-labels.html"/>
/// </summary>
internal static class DynamicLabel
{
    public static string Of(string label, TimeSeries series, CallContext context, TimeSpan zone)
    {
        if (!label.Contains("${", StringComparison.Ordinal))
        {
            return label;
        }

        var text = new StringBuilder();
        for (var at = 0; at < label.Length;)
        {
            var open = label.IndexOf("${", at, StringComparison.Ordinal);
            var close = open < 0 ? -1 : label.IndexOf('}', open);
            if (close < 0)
            {
                text.Append(label, at, label.Length - at);
                break;
            }

            text.Append(label, at, open - at);
            text.Append(Value(label[(open + 2)..close], series, context, zone) ?? label[open..(close + 1)]);
            at = close + 1;
        }

        return text.ToString();
    }

    private static string? Value(string name, TimeSeries series, CallContext context, TimeSpan zone)
    {
        if (name.StartsWith("PROP('", StringComparison.Ordinal) && name.EndsWith("')", StringComparison.Ordinal))
        {
            return Property(name[6..^2], series, context);
        }

        var timed = name.EndsWith("_TIME", StringComparison.Ordinal);
        switch (timed ? name[..^5] : name)
        {
            case "LABEL":
                return series.Label;
            case "DATAPOINT_COUNT":
                return series.Points.Count.ToString(CultureInfo.InvariantCulture);
            case "AVG" or "SUM" when series.Points.Count > 0 && !timed:
                return Number(MathFunctions.Reduce(name, [.. series.Points.Select(point => point.Value)]));
            case "MIN" when series.Points.Count > 0:
                return Show(series.Points.MinBy(point => point.Value));
            case "MAX" when series.Points.Count > 0:
                return Show(series.Points.MaxBy(point => point.Value));
            case "FIRST" when series.Points.Count > 0:
                return Show(series.Points[0]);
            case "LAST" when series.Points.Count > 0:
                return Show(series.Points[^1]);
            case "AVG" or "SUM" or "MIN" or "MAX" or "FIRST" or "LAST":
                return "--";
            default:
                return null;
        }

        string Show(MathPoint point) => timed
            ? DateTimeOffset.FromUnixTimeSeconds(point.Second).ToOffset(zone).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)
            : Number(point.Value);
    }

    private static string? Property(string name, TimeSeries series, CallContext context) => name switch
    {
        "AccountId" => context.Account.Value,
        "Region" => context.Region.Name,
        "MetricName" => series.Metric?.Name,
        "Namespace" => series.Metric?.Namespace,
        "Stat" => series.Stat,
        "Period" => series.Period.ToString(CultureInfo.InvariantCulture),
        _ when name.StartsWith("Dim.", StringComparison.Ordinal) =>
            series.Metric?.Dimensions.Where(dimension => dimension.Name == name[4..]).Select(dimension => dimension.Value).FirstOrDefault(),
        _ => null,
    };

    private static string Number(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);
}
