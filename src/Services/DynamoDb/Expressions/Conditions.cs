using Haneul.DynamoDb.Values;

namespace Haneul.DynamoDb.Expressions;

/// <summary>
/// A condition, ready to be asked about encoded items.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html"/>
/// </summary>
internal abstract class Condition
{
    public abstract bool Holds(ReadOnlySpan<byte> item);
}

internal enum Comparator : byte
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

internal sealed class Comparison(Comparator comparator, Operand left, Operand right) : Condition
{
    public Comparator Comparator => comparator;

    public Operand Left => left;

    public Operand Right => right;

    public override bool Holds(ReadOnlySpan<byte> item) => Holds(comparator, left.Of(item), right.Of(item));

    /// <summary>What is absent equals nothing, not even something else that is absent; values of different types have no order.</summary>
    public static bool Holds(Comparator comparator, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        switch (comparator)
        {
            case Comparator.Equal:
                return !a.IsEmpty && a.SequenceEqual(b);
            case Comparator.NotEqual:
                return a.IsEmpty || !a.SequenceEqual(b);
        }

        if (a.IsEmpty || b.IsEmpty || Encoded.Compare(a, b) is not { } order)
        {
            return false;
        }

        return comparator switch
        {
            Comparator.Less => order < 0,
            Comparator.LessOrEqual => order <= 0,
            Comparator.Greater => order > 0,
            _ => order >= 0,
        };
    }
}

internal sealed class Between(Operand operand, Operand lower, Operand upper) : Condition
{
    public Operand Operand => operand;

    public Operand Lower => lower;

    public Operand Upper => upper;

    public override bool Holds(ReadOnlySpan<byte> item)
    {
        var value = operand.Of(item);
        return Comparison.Holds(Comparator.GreaterOrEqual, value, lower.Of(item))
            && Comparison.Holds(Comparator.LessOrEqual, value, upper.Of(item));
    }
}

internal sealed class In(Operand operand, IReadOnlyList<Operand> candidates) : Condition
{
    public Operand Operand => operand;

    public IReadOnlyList<Operand> Candidates => candidates;

    public override bool Holds(ReadOnlySpan<byte> item)
    {
        var value = operand.Of(item);
        foreach (var candidate in candidates)
        {
            if (Comparison.Holds(Comparator.Equal, value, candidate.Of(item)))
            {
                return true;
            }
        }

        return false;
    }
}

internal sealed class And(Condition left, Condition right) : Condition
{
    public Condition Left => left;

    public Condition Right => right;

    public override bool Holds(ReadOnlySpan<byte> item) => left.Holds(item) && right.Holds(item);
}

internal sealed class Or(Condition left, Condition right) : Condition
{
    public override bool Holds(ReadOnlySpan<byte> item) => left.Holds(item) || right.Holds(item);
}

internal sealed class Not(Condition condition) : Condition
{
    public override bool Holds(ReadOnlySpan<byte> item) => !condition.Holds(item);
}

internal sealed class Exists(DocumentPath path, bool exists) : Condition
{
    public bool Expected => exists;

    public override bool Holds(ReadOnlySpan<byte> item) => path.Find(item).IsEmpty != exists;
}

internal sealed class HasType(Operand operand, ValueKind kind) : Condition
{
    public override bool Holds(ReadOnlySpan<byte> item)
    {
        var value = operand.Of(item);
        return !value.IsEmpty && ValueKinds.SameType(Encoded.Kind(value), kind);
    }
}

internal sealed class BeginsWith(Operand operand, Operand prefix) : Condition
{
    public Operand Operand => operand;

    public Operand Prefix => prefix;

    public override bool Holds(ReadOnlySpan<byte> item)
    {
        var value = operand.Of(item);
        var begin = prefix.Of(item);
        return Encoded.Kind(value) is ValueKind.String or ValueKind.Binary
            && Encoded.Kind(value) == Encoded.Kind(begin)
            && Encoded.Payload(value).StartsWith(Encoded.Payload(begin));
    }
}

internal sealed class Contains(Operand operand, Operand part) : Condition
{
    public override bool Holds(ReadOnlySpan<byte> item)
    {
        var value = operand.Of(item);
        var wanted = part.Of(item);
        return !value.IsEmpty && !wanted.IsEmpty && Holds(value, wanted);
    }

    /// <summary>Part of a text or of bytes, element of a set or of a list.</summary>
    public static bool Holds(ReadOnlySpan<byte> value, ReadOnlySpan<byte> wanted)
    {
        var payload = Encoded.Payload(value);
        switch (Encoded.Kind(value))
        {
            case ValueKind.String or ValueKind.Binary:
                return Encoded.Kind(value) == Encoded.Kind(wanted) && payload.IndexOf(Encoded.Payload(wanted)) >= 0;
            case ValueKind.StringSet:
                return Encoded.Kind(wanted) == ValueKind.String && Encoded.SetContains(payload, Encoded.Payload(wanted));
            case ValueKind.NumberSet:
                return Encoded.Kind(wanted) == ValueKind.Number && Encoded.SetContains(payload, Encoded.Payload(wanted));
            case ValueKind.BinarySet:
                return Encoded.Kind(wanted) == ValueKind.Binary && Encoded.SetContains(payload, Encoded.Payload(wanted));
            case ValueKind.List:
                for (var left = Encoded.ReadLength(ref payload); left > 0; left--)
                {
                    if (Encoded.ReadValue(ref payload).SequenceEqual(wanted))
                    {
                        return true;
                    }
                }

                return false;
            default:
                return false;
        }
    }
}
