using System.Globalization;
using Haneul.Integration.Metrics;

namespace Haneul.CloudWatch.Metrics;

/// <summary>
/// A statistic over the values of a period: a plain one, a percentile, or one over a part of the values.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html"/>
/// </summary>
internal sealed record MetricStatistic
{
    private MetricStatistic(StatisticKind kind, string text) => (Kind, Text) = (kind, text);

    public StatisticKind Kind { get; }

    /// <summary>As the caller wrote it.</summary>
    public string Text { get; }

    /// <summary>The percentile; the lower bound of a part, or null for none.</summary>
    public double? Lower { get; private init; }

    public double? Upper { get; private init; }

    /// <summary>The bounds are percents of the values, not values.</summary>
    public bool Percents { get; private init; }

    public bool IsExtended => Kind > StatisticKind.Maximum;

    public static MetricStatistic? TryParse(string text) => text switch
    {
        "SampleCount" => new(StatisticKind.SampleCount, text),
        "Average" => new(StatisticKind.Average, text),
        "Sum" => new(StatisticKind.Sum, text),
        "Minimum" => new(StatisticKind.Minimum, text),
        "Maximum" => new(StatisticKind.Maximum, text),
        "IQM" => new(StatisticKind.TrimmedMean, text) { Lower = 25, Upper = 75, Percents = true },
        ['p', .. var rest] when Number(rest) is { } percent and >= 0 and <= 100 =>
            new(StatisticKind.Percentile, text) { Lower = percent, Percents = true },
        _ when text.Length > 2 => Part(text),
        _ => null,
    };

    /// <summary>The statistic's value; null when the values are not known well enough, or none of them is in the part.</summary>
    public double? Of(MetricSummary values) => Kind switch
    {
        StatisticKind.SampleCount => values.Count,
        StatisticKind.Average => values.Average,
        StatisticKind.Sum => values.Sum,
        StatisticKind.Minimum => values.Minimum,
        StatisticKind.Maximum => values.Maximum,
        _ when values.Distribution is null => null,
        StatisticKind.Percentile => Percentile(values, Lower!.Value),
        _ => OfPart(values),
    };

    private static MetricStatistic? Part(string text)
    {
        StatisticKind? kind = text[..2].ToUpperInvariant() switch
        {
            "TM" => StatisticKind.TrimmedMean,
            "WM" => StatisticKind.WinsorizedMean,
            "TC" => StatisticKind.TrimmedCount,
            "TS" => StatisticKind.TrimmedSum,
            "PR" => StatisticKind.PercentileRank,
            _ => null,
        };
        if (kind is not { } known)
        {
            return null;
        }

        // The short form, as in tm90, leaves out what lies above.
        if (char.IsLower(text[0]) && known != StatisticKind.PercentileRank)
        {
            return Number(text.AsSpan(2)) is { } percent and >= 0 and <= 100 ? new(known, text) { Upper = percent, Percents = true } : null;
        }

        if (text[2] != '(' || text[^1] != ')' || text.AsSpan(3, text.Length - 4).IndexOf(':') is var colon && colon < 0)
        {
            return null;
        }

        var low = text.AsSpan(3, colon);
        var high = text.AsSpan(colon + 4, text.Length - colon - 5);
        var percents = low.EndsWith("%") || high.EndsWith("%");
        double? lower = null, upper = null;
        if ((!low.IsEmpty && (lower = Number(low.TrimEnd('%'))) is null) || (!high.IsEmpty && (upper = Number(high.TrimEnd('%'))) is null)
            || (low.IsEmpty && high.IsEmpty) || (percents && ((!low.IsEmpty && !low.EndsWith("%")) || (!high.IsEmpty && !high.EndsWith("%"))))
            || (percents && (known == StatisticKind.PercentileRank || lower is < 0 or > 100 || upper is < 0 or > 100)) || lower >= upper)
        {
            return null;
        }

        return new(known, text) { Lower = lower, Upper = upper, Percents = percents };
    }

    private static double? Number(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static double Percentile(MetricSummary values, double percent)
    {
        var rank = percent / 100 * values.Count;
        var seen = 0d;
        foreach (var bucket in values.Distribution!.Buckets)
        {
            seen += bucket.Count;
            if (seen >= rank)
            {
                return percent == 0 ? values.Minimum : percent == 100 ? values.Maximum : Math.Clamp(bucket.Mean, values.Minimum, values.Maximum);
            }
        }

        return values.Maximum;
    }

    private double? OfPart(MetricSummary values)
    {
        // Ranks between which the values count; a bucket that lies across a bound counts in part.
        var (from, to) = Percents
            ? ((Lower ?? 0) / 100 * values.Count, (Upper ?? 100) / 100 * values.Count)
            : (CountUpTo(values, Lower), Upper is { } upper ? CountUpTo(values, upper) : values.Count);
        double seen = 0, count = 0, sum = 0, first = double.NaN, last = double.NaN;
        foreach (var bucket in values.Distribution!.Buckets)
        {
            var inside = Math.Min(to, seen + bucket.Count) - Math.Max(from, seen);
            if (inside > 0)
            {
                count += inside;
                sum += inside * bucket.Mean;
                first = double.IsNaN(first) ? bucket.Mean : first;
                last = bucket.Mean;
            }

            seen += bucket.Count;
        }

        return Kind switch
        {
            StatisticKind.TrimmedCount => count,
            StatisticKind.PercentileRank => count / values.Count * 100,
            _ when count == 0 => null,
            StatisticKind.TrimmedSum => sum,
            StatisticKind.TrimmedMean => sum / count,
            _ => (sum + ((Percents ? first : Lower ?? first) * from) + ((Percents ? last : Upper ?? last) * (values.Count - to))) / values.Count,
        };
    }

    // Lower bounds are left out and upper ones included.
    private static double CountUpTo(MetricSummary values, double? bound)
    {
        var count = 0d;
        foreach (var bucket in values.Distribution!.Buckets)
        {
            if (bucket.Mean <= bound)
            {
                count += bucket.Count;
            }
        }

        return count;
    }
}

internal enum StatisticKind : byte
{
    SampleCount,
    Average,
    Sum,
    Minimum,
    Maximum,
    Percentile,
    TrimmedMean,
    WinsorizedMean,
    TrimmedCount,
    TrimmedSum,
    PercentileRank,
}
