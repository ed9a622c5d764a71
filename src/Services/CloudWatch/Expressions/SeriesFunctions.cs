namespace Haneul.CloudWatch.Expressions;

/// <summary>Functions that make one series of another.</summary>
internal static class SeriesFunctions
{
    public static TimeSeries Constant(double value, MathRange range, int period) =>
        new TimeSeries("", period, []).With(range.Seconds(period, []).Select(second => new MathPoint(second, value)));

    /// <summary>What lies between each point and the one before: value, time, or value by second.</summary>
    public static TimeSeries Steps(TimeSeries series, string function) => series.With(
        series.Points.Skip(1).Zip(series.Points, (point, previous) => point with
        {
            Value = function switch
            {
                "DIFF" => point.Value - previous.Value,
                "DIFF_TIME" => point.Second - previous.Second,
                _ => (point.Value - previous.Value) / (point.Second - previous.Second),
            },
        }));

    public static TimeSeries RunningSum(TimeSeries series)
    {
        var sum = 0d;
        return series.Select(point => sum += point.Value);
    }

    public static TimeSeries Calendar(TimeSeries series, string function) => series.Select(point =>
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(point.Second);
        return function switch
        {
            "MINUTE" => time.Minute,
            "HOUR" => time.Hour,
            "DAY" => time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek,
            "DATE" => time.Day,
            "MONTH" => time.Month,
            "YEAR" => time.Year,
            _ => point.Second,
        };
    });

    public static TimeSeries Fill(TimeSeries series, MathRange range, Func<long, double?> filler)
    {
        var values = series.Points.ToDictionary(point => point.Second, point => point.Value);
        return series.With(range.Seconds(series.Period, series.Points)
            .Select(second => new MathPoint(second, values.TryGetValue(second, out var value) ? value : filler(second) ?? double.NaN)));
    }

    /// <summary>Repeats the value before a gap, or draws a line across it. What lies before the first point or behind the last has no line.</summary>
    public static TimeSeries FillGaps(TimeSeries series, MathRange range, bool linear)
    {
        var points = new List<MathPoint>();
        var next = 0;
        foreach (var second in range.Seconds(series.Period, series.Points))
        {
            while (next < series.Points.Count && series.Points[next].Second <= second)
            {
                next++;
            }

            if (next == 0)
            {
                continue;
            }

            var before = series.Points[next - 1];
            if (before.Second == second || !linear)
            {
                points.Add(before with { Second = second });
            }
            else if (next < series.Points.Count)
            {
                var after = series.Points[next];
                var part = (double)(second - before.Second) / (after.Second - before.Second);
                points.Add(new MathPoint(second, before.Value + ((after.Value - before.Value) * part)));
            }
        }

        return series.With(points);
    }
}
