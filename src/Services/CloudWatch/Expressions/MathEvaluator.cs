namespace Haneul.CloudWatch.Expressions;

/// <summary>Evaluates expressions over the queries of one request.</summary>
/// <param name="resolve">The value of the query with an id; null if there is none.</param>
/// <param name="metrics">The series of all queries that read a metric.</param>
/// <param name="search">Runs a search expression.</param>
/// <param name="range">The time that is asked for.</param>
internal sealed class MathEvaluator(
    Func<string, MathValue?> resolve,
    Func<IReadOnlyList<TimeSeries>> metrics,
    Func<string, string, int?, IReadOnlyList<TimeSeries>> search,
    MathRange range)
{
    public MathRange Range => range;

    public IReadOnlyList<TimeSeries> Metrics => metrics();

    public IReadOnlyList<TimeSeries> Search(string expression, string statistic, int? period) => search(expression, statistic, period);

    /// <exception cref="MathException">The expression does not make sense.</exception>
    public MathValue Evaluate(MathNode node) => node switch
    {
        NumberNode number => new ScalarValue(number.Value),
        TextNode text => new TextValue(text.Text),
        NameNode name => resolve(name.Name) ?? throw new MathException($"Unknown identifier '{name.Name}'."),
        ListNode list => new ArrayValue([.. list.Items.SelectMany(Items)]),
        NegateNode negate => MathOperations.Map(Evaluate(negate.Operand), static value => -value),
        BinaryNode binary => MathOperations.Combine(binary.Operator, Evaluate(binary.Left), Evaluate(binary.Right)),
        CallNode call => MathFunctions.Call(this, call),
        _ => throw new MathException("Unknown expression."),
    };

    private IReadOnlyList<TimeSeries> Items(MathNode item) => Evaluate(item) switch
    {
        MathValue value and (SeriesValue or ArrayValue) => value.Series,
        _ => throw new MathException("An array holds time series."),
    };
}

/// <param name="Start">Seconds since 1970, included.</param>
/// <param name="End">Not included.</param>
/// <param name="Period">The shortest period of the request's metrics, in seconds.</param>
internal readonly record struct MathRange(long Start, long End, int Period)
{
    /// <summary>The starts of all periods; those of a series lie where its points lie.</summary>
    public IEnumerable<long> Seconds(int period, IReadOnlyList<MathPoint> points)
    {
        var late = points.Count == 0 ? 0 : (((Start - points[0].Second) % period) + period) % period;
        for (var second = Start - late; second < End; second += period)
        {
            yield return second;
        }
    }
}
