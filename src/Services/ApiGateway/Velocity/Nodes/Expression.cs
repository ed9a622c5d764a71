using Haneul.ApiGateway.Velocity.Values;

namespace Haneul.ApiGateway.Velocity.Nodes;

/// <summary>A part of a template that has a value.</summary>
internal abstract class Expression
{
    public abstract object? Evaluate(VelocityRun run);

    /// <summary>As a condition. Constants other than true, and sums, are false, whatever their value.</summary>
    public virtual bool IsTrue(VelocityRun run) => Evaluate(run) is true;
}

internal sealed class Literal(object value) : Expression
{
    public override object? Evaluate(VelocityRun run) => value;
}

/// <summary>A text in double quotes: a template of its own.</summary>
internal sealed class InterpolatedText(Block block) : Expression
{
    public override object? Evaluate(VelocityRun run) => run.Capture(block);
}

internal sealed class ListExpression(IReadOnlyList<Expression> items) : Expression
{
    public override object? Evaluate(VelocityRun run) => new VelocityList([.. items.Select(item => item.Evaluate(run))]);
}

internal sealed class MapExpression(IReadOnlyList<(Expression Key, Expression Value)> entries) : Expression
{
    public override object? Evaluate(VelocityRun run)
    {
        var map = new VelocityMap();
        foreach (var (key, value) in entries)
        {
            map[JavaText.Of(key.Evaluate(run))] = value.Evaluate(run);
        }

        return map;
    }
}

/// <summary><c>[1..5]</c>, in either direction.</summary>
internal sealed class RangeExpression(Expression from, Expression to) : Expression
{
    private const int MaxLength = 10_000;

    public override object? Evaluate(VelocityRun run)
    {
        if (from.Evaluate(run) is not long first || to.Evaluate(run) is not long last)
        {
            return null;
        }

        var length = Math.Abs((decimal)last - first) + 1;
        if (length > MaxLength)
        {
            throw new VelocityException($"A range has more than {MaxLength} numbers.");
        }

        run.Step((int)length);
        var items = new List<object?>((int)length);
        for (var i = 0; i < length; i++)
        {
            items.Add(first <= last ? first + i : first - i);
        }

        return new VelocityList(items);
    }
}

internal sealed class NotExpression(Expression operand) : Expression
{
    public override object? Evaluate(VelocityRun run) => !operand.IsTrue(run);
}

/// <summary><c>and</c> and <c>or</c>, which leave out what no longer matters.</summary>
internal sealed class LogicalExpression(Expression left, bool and, Expression right) : Expression
{
    public override object? Evaluate(VelocityRun run) =>
        left.IsTrue(run) == and ? right.IsTrue(run) : !and;
}

internal sealed class BinaryExpression(Expression left, string operation, Expression right) : Expression
{
    public override object? Evaluate(VelocityRun run)
    {
        run.Step();
        var (a, b) = (left.Evaluate(run), right.Evaluate(run));
        return operation switch
        {
            "==" => JavaValues.AreEqual(a, b),
            "!=" => !JavaValues.AreEqual(a, b),
            "<" => JavaNumbers.Compare(a, b) < 0,
            ">" => JavaNumbers.Compare(a, b) > 0,
            "<=" => JavaNumbers.Compare(a, b) <= 0,
            ">=" => JavaNumbers.Compare(a, b) >= 0,
            "+" when a is string || b is string => Join(run, a, b),
            _ => JavaNumbers.Calculate(a, operation[0], b),
        };
    }

    // What has no value stands in a sum as it is written.
    private string Join(VelocityRun run, object? a, object? b)
    {
        var text = Text(left, a) + Text(right, b);
        run.Step(text.Length);
        return text;
    }

    private static string Text(Expression expression, object? value) =>
        value is null && expression is Reference reference ? reference.Source : JavaText.Of(value);
}
