namespace Haneul.CloudWatch.Expressions;

/// <summary>
/// The functions of metric math.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax-functions-list"/>
/// </summary>
internal static class MathFunctions
{
    public static MathValue Call(MathEvaluator evaluator, CallNode call)
    {
        var arguments = call.Arguments;
        switch (call.Function)
        {
            case "ABS":
                return MathOperations.Map(One(evaluator, call), Math.Abs);
            case "CEIL":
                return MathOperations.Map(One(evaluator, call), Math.Ceiling);
            case "FLOOR":
                return MathOperations.Map(One(evaluator, call), Math.Floor);
            case "LOG":
                return MathOperations.Map(One(evaluator, call), Math.Log);
            case "LOG10":
                return MathOperations.Map(One(evaluator, call), Math.Log10);
            case "AVG" or "MIN" or "MAX" or "SUM" or "STDDEV":
                return Aggregate(call.Function, arguments.Count == 1 ? One(evaluator, call) : evaluator.Evaluate(new ListNode(arguments)));
            case "DATAPOINT_COUNT":
                return DatapointCount(One(evaluator, call));
            case "METRIC_COUNT":
                return One(evaluator, call) is ArrayValue array
                    ? new ScalarValue(array.Items.Count)
                    : throw new MathException("METRIC_COUNT takes an array of time series.");
            case "FIRST" or "LAST":
                return End(One(evaluator, call), call.Function == "LAST");
            case "DIFF" or "DIFF_TIME" or "RATE":
                return MathOperations.MapSeries(One(evaluator, call), series => SeriesFunctions.Steps(series, call.Function));
            case "RUNNING_SUM":
                return MathOperations.MapSeries(One(evaluator, call), SeriesFunctions.RunningSum);
            case "MINUTE" or "HOUR" or "DAY" or "DATE" or "MONTH" or "YEAR" or "EPOCH":
                return MathOperations.MapSeries(One(evaluator, call), series => SeriesFunctions.Calendar(series, call.Function));
            case "PERIOD":
                return new ScalarValue(Single(evaluator, call).Period);
            case "TIME_SERIES":
                return TimeSeriesOf(evaluator, call);
            case "REMOVE_EMPTY":
                return new ArrayValue([.. One(evaluator, call).Series.Where(series => series.Points.Count > 0)]);
            case "METRICS":
                return Metrics(evaluator, arguments);
            case "FILL":
                return Fill(evaluator, call);
            case "IF":
                return If(evaluator, call);
            case "SLICE":
                return Slice(evaluator, call);
            case "SORT":
                return Sort(evaluator, call);
            case "SEARCH":
                return Search(evaluator, call);
            case "ANOMALY_DETECTION_BAND" or "INSIGHT_RULE_METRIC" or "DB_PERF_INSIGHTS" or "SERVICE_QUOTA" or "LAMBDA":
                throw new MathException($"Haneul does not support the function {call.Function} yet.");
            default:
                throw new MathException($"Unknown function '{call.Function}'.");
        }
    }

    /// <summary>A number over the values of one series or of one time.</summary>
    public static double Reduce(string function, IReadOnlyList<double> values) => function switch
    {
        "SUM" => values.Sum(),
        "AVG" => values.Average(),
        "MIN" => values.Min(),
        "MAX" => values.Max(),
        _ => Deviation(values),
    };

    private static double Deviation(IReadOnlyList<double> values)
    {
        var average = values.Average();
        return Math.Sqrt(values.Average(value => (value - average) * (value - average)));
    }

    private static MathValue DatapointCount(MathValue value) => value switch
    {
        ArrayValue array => PerTime(array, static values => values.Count),
        SeriesValue series => new ScalarValue(series.Single.Points.Count),
        _ => throw new MathException("DATAPOINT_COUNT takes a time series or an array of time series."),
    };

    private static MathValue One(MathEvaluator evaluator, CallNode call) => call.Arguments.Count == 1
        ? evaluator.Evaluate(call.Arguments[0])
        : throw new MathException($"{call.Function} takes one argument.");

    private static TimeSeries Single(MathEvaluator evaluator, CallNode call) =>
        One(evaluator, call) is SeriesValue series ? series.Single : throw new MathException($"{call.Function} takes a time series.");

    // Over a series it is a number; over an array it is a series with a value for each time.
    private static MathValue Aggregate(string function, MathValue value) => value switch
    {
        ScalarValue => value,
        SeriesValue { Single.Points.Count: 0 } series => series,
        SeriesValue series => new ScalarValue(Reduce(function, [.. series.Single.Points.Select(point => point.Value)])),
        ArrayValue array => PerTime(array, values => Reduce(function, values)),
        _ => throw new MathException($"{function} takes a time series or an array of time series."),
    };

    private static SeriesValue PerTime(ArrayValue array, Func<IReadOnlyList<double>, double> reduce)
    {
        var byTime = new SortedDictionary<long, List<double>>();
        foreach (var point in array.Items.SelectMany(series => series.Points))
        {
            if (!byTime.TryGetValue(point.Second, out var values))
            {
                byTime[point.Second] = values = [];
            }

            values.Add(point.Value);
        }

        var period = array.Items.Select(series => series.Period).DefaultIfEmpty(60).Max();
        return new SeriesValue(new TimeSeries("", period, []).With(byTime.Select(pair => new MathPoint(pair.Key, reduce(pair.Value)))));
    }

    private static MathValue End(MathValue value, bool last) => value switch
    {
        SeriesValue { Single.Points.Count: 0 } => value,
        SeriesValue series => new ScalarValue((last ? series.Single.Points[^1] : series.Single.Points[0]).Value),
        ArrayValue { Items.Count: > 0 } array => new SeriesValue(last ? array.Items[^1] : array.Items[0]),
        _ => throw new MathException("FIRST and LAST take a time series or an array of time series."),
    };

    private static SeriesValue TimeSeriesOf(MathEvaluator evaluator, CallNode call) => One(evaluator, call) switch
    {
        ScalarValue scalar => new SeriesValue(SeriesFunctions.Constant(scalar.Value, evaluator.Range, evaluator.Range.Period)),
        SeriesValue series => series,
        _ => throw new MathException("TIME_SERIES takes a number."),
    };

    private static ArrayValue Metrics(MathEvaluator evaluator, IReadOnlyList<MathNode> arguments) => arguments switch
    {
        [] => new ArrayValue(evaluator.Metrics),
        [TextNode text] => new ArrayValue([.. evaluator.Metrics.Where(series => series.Id!.Contains(text.Text, StringComparison.Ordinal))]),
        _ => throw new MathException("METRICS takes no argument, or a string."),
    };

    private static MathValue Fill(MathEvaluator evaluator, CallNode call)
    {
        if (call.Arguments is not [var source, var filler])
        {
            throw new MathException("FILL takes two arguments.");
        }

        var value = evaluator.Evaluate(source);
        if (filler is NameNode { Name: "REPEAT" or "LINEAR" } word)
        {
            return MathOperations.MapSeries(value, series => SeriesFunctions.FillGaps(series, evaluator.Range, linear: word.Name == "LINEAR"));
        }

        Func<long, double?> at = evaluator.Evaluate(filler) switch
        {
            ScalarValue scalar => _ => scalar.Value,
            SeriesValue series => Lookup(series.Single),
            _ => throw new MathException("FILL takes a number, a time series, REPEAT or LINEAR to fill with."),
        };
        return MathOperations.MapSeries(value, series => SeriesFunctions.Fill(series, evaluator.Range, at));
    }

    private static MathValue If(MathEvaluator evaluator, CallNode call)
    {
        if (call.Arguments.Count is < 2 or > 3)
        {
            throw new MathException("IF takes two or three arguments.");
        }

        var condition = evaluator.Evaluate(call.Arguments[0]);
        var then = evaluator.Evaluate(call.Arguments[1]);
        var otherwise = call.Arguments.Count == 3 ? evaluator.Evaluate(call.Arguments[2]) : new ScalarValue(double.NaN);
        switch (condition)
        {
            case ScalarValue scalar:
                return scalar.Value != 0 ? then : otherwise;
            case SeriesValue series:
                var (yes, no) = (At(then), At(otherwise));
                return new SeriesValue(series.Single.With(
                    series.Single.Points.Select(point => point with { Value = (point.Value != 0 ? yes : no)(point.Second) ?? double.NaN })));
            default:
                throw new MathException("The condition of IF is a number or a time series.");
        }

        static Func<long, double?> At(MathValue value) => value switch
        {
            ScalarValue scalar => _ => scalar.Value,
            SeriesValue series => Lookup(series.Single),
            _ => throw new MathException("The values of IF are numbers or time series."),
        };
    }

    private static ArrayValue Slice(MathEvaluator evaluator, CallNode call)
    {
        if (call.Arguments.Count is < 2 or > 3 || evaluator.Evaluate(call.Arguments[0]) is not ArrayValue array)
        {
            throw new MathException("SLICE takes an array of time series, a start and maybe an end.");
        }

        var start = Index(1) ?? 0;
        var end = Index(2) ?? array.Items.Count;
        return new ArrayValue([.. array.Items.Take(end).Skip(start)]);

        int? Index(int argument) => argument >= call.Arguments.Count ? null
            : evaluator.Evaluate(call.Arguments[argument]) is ScalarValue { Value: >= 0 and < int.MaxValue } scalar ? (int)scalar.Value
            : throw new MathException("The bounds of SLICE are numbers from 0 on.");
    }

    private static ArrayValue Sort(MathEvaluator evaluator, CallNode call)
    {
        if (call.Arguments.Count is < 3 or > 4 || evaluator.Evaluate(call.Arguments[0]) is not ArrayValue array
            || call.Arguments[1] is not NameNode { Name: "AVG" or "MIN" or "MAX" or "SUM" or "STDDEV" or "LAST" } by
            || call.Arguments[2] is not NameNode { Name: "ASC" or "DESC" } order)
        {
            throw new MathException("SORT takes an array of time series, a function, ASC or DESC, and maybe how many to keep.");
        }

        var keyed = array.Items.Where(series => series.Points.Count > 0)
            .Select(series => (series, key: by.Name == "LAST"
                ? series.Points[^1].Value
                : Reduce(by.Name, [.. series.Points.Select(point => point.Value)])));
        var sorted = order.Name == "ASC" ? keyed.OrderBy(pair => pair.key) : keyed.OrderByDescending(pair => pair.key);
        var most = call.Arguments.Count < 4 ? int.MaxValue
            : evaluator.Evaluate(call.Arguments[3]) is ScalarValue { Value: >= 1 and < int.MaxValue } scalar ? (int)scalar.Value
            : throw new MathException("SORT keeps a number of time series.");
        return new ArrayValue([.. sorted.Select(pair => pair.series).Take(most)]);
    }

    private static ArrayValue Search(MathEvaluator evaluator, CallNode call)
    {
        if (call.Arguments is not [TextNode expression, TextNode statistic, ..] || call.Arguments.Count > 3)
        {
            throw new MathException("SEARCH takes an expression, a statistic and maybe a period.");
        }

        int? period = call.Arguments.Count == 3 ? evaluator.Evaluate(call.Arguments[2]) is ScalarValue { Value: >= 1 and <= 86_400 * 455 } scalar
            ? (int)scalar.Value : throw new MathException("The period of SEARCH is a number of seconds.") : null;
        return new ArrayValue(evaluator.Search(expression.Text, statistic.Text, period));
    }

    private static Func<long, double?> Lookup(TimeSeries series)
    {
        var values = series.Points.ToDictionary(point => point.Second, point => point.Value);
        return second => values.TryGetValue(second, out var value) ? value : null;
    }
}
