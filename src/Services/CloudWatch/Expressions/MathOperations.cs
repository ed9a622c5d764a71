namespace Haneul.CloudWatch.Expressions;

/// <summary>Arithmetic, comparison and logic over scalars, series and arrays of series.</summary>
internal static class MathOperations
{
    public static MathValue Map(MathValue value, Func<double, double> map) => value switch
    {
        ScalarValue scalar => new ScalarValue(map(scalar.Value)),
        SeriesValue series => new SeriesValue(series.Single.Select(point => map(point.Value))),
        ArrayValue array => new ArrayValue([.. array.Items.Select(item => item.Select(point => map(point.Value)))]),
        _ => throw new MathException("A string is no operand."),
    };

    public static MathValue MapSeries(MathValue value, Func<TimeSeries, TimeSeries> map) => value switch
    {
        SeriesValue series => new SeriesValue(map(series.Single)),
        ArrayValue array => new ArrayValue([.. array.Items.Select(map)]),
        _ => throw new MathException("A time series or an array of time series is expected."),
    };

    public static MathValue Combine(MathOperator op, MathValue left, MathValue right) => Combine(left, right, (a, b) => Apply(op, a, b));

    public static MathValue Combine(MathValue left, MathValue right, Func<double, double, double> apply) => (left, right) switch
    {
        (ScalarValue a, ScalarValue b) => new ScalarValue(apply(a.Value, b.Value)),
        (ScalarValue a, _) => Map(right, value => apply(a.Value, value)),
        (_, ScalarValue b) => Map(left, value => apply(value, b.Value)),
        (SeriesValue a, SeriesValue b) => new SeriesValue(Join(a.Single, b.Single, apply)),
        (SeriesValue a, ArrayValue b) => new ArrayValue([.. b.Items.Select(item => Join(a.Single, item, apply) with { Label = item.Label })]),
        (ArrayValue a, SeriesValue b) => new ArrayValue([.. a.Items.Select(item => Join(item, b.Single, apply))]),
        (ArrayValue, ArrayValue) => throw new MathException("Operations between two arrays of time series are not supported."),
        _ => throw new MathException("A string is no operand."),
    };

    // Only times that both have count; a division by zero makes no point.
    private static TimeSeries Join(TimeSeries left, TimeSeries right, Func<double, double, double> apply)
    {
        var points = new List<MathPoint>();
        for (int i = 0, j = 0; i < left.Points.Count && j < right.Points.Count;)
        {
            var (a, b) = (left.Points[i], right.Points[j]);
            if (a.Second == b.Second)
            {
                points.Add(new MathPoint(a.Second, apply(a.Value, b.Value)));
            }

            i += a.Second <= b.Second ? 1 : 0;
            j += b.Second <= a.Second ? 1 : 0;
        }

        return (left with { Period = Math.Max(left.Period, right.Period) }).With(points);
    }

    private static double Apply(MathOperator op, double a, double b) => op switch
    {
        MathOperator.Add => a + b,
        MathOperator.Subtract => a - b,
        MathOperator.Multiply => a * b,
        MathOperator.Divide => a / b,
        MathOperator.Power => Math.Pow(a, b),
        MathOperator.Equal => a == b ? 1 : 0,
        MathOperator.NotEqual => a != b ? 1 : 0,
        MathOperator.Less => a < b ? 1 : 0,
        MathOperator.LessOrEqual => a <= b ? 1 : 0,
        MathOperator.Greater => a > b ? 1 : 0,
        MathOperator.GreaterOrEqual => a >= b ? 1 : 0,
        MathOperator.And => a != 0 && b != 0 ? 1 : 0,
        _ => a != 0 || b != 0 ? 1 : 0,
    };
}
