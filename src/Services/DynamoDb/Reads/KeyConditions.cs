using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Expressions;
using Haneul.DynamoDb.Values;
using Condition = Haneul.DynamoDb.Expressions.Condition;

namespace Haneul.DynamoDb.Reads;

/// <summary>What a query asks of one key attribute: an operator of <see cref="ComparisonOperator"/> with its values.</summary>
internal sealed record KeyCondition(string Operator, byte[] Value, byte[]? Upper = null)
{
    /// <summary>Whether a key value of the right type satisfies it.</summary>
    public bool Holds(ReadOnlySpan<byte> key) => Operator switch
    {
        ComparisonOperator.Eq => Comparison.Holds(Comparator.Equal, key, Value),
        ComparisonOperator.Lt => Comparison.Holds(Comparator.Less, key, Value),
        ComparisonOperator.Le => Comparison.Holds(Comparator.LessOrEqual, key, Value),
        ComparisonOperator.Gt => Comparison.Holds(Comparator.Greater, key, Value),
        ComparisonOperator.Ge => Comparison.Holds(Comparator.GreaterOrEqual, key, Value),
        ComparisonOperator.Between =>
            Comparison.Holds(Comparator.GreaterOrEqual, key, Value) && Comparison.Holds(Comparator.LessOrEqual, key, Upper),
        _ => Encoded.Payload(key).StartsWith(Encoded.Payload(Value)),
    };
}

/// <summary>
/// Finds the conditions on key attributes in a key condition expression, or in the parameter that was there before.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html"/>
/// </summary>
internal static class KeyConditions
{
    private const string Invalid = "Invalid operator used in KeyConditionExpression: ";
    private const string InvalidCondition = "Invalid condition in KeyConditionExpression: ";

    public static Dictionary<string, KeyCondition> Of(Condition condition)
    {
        var found = new Dictionary<string, KeyCondition>(StringComparer.Ordinal);
        Collect(condition, found);
        return found;
    }

    public static Dictionary<string, KeyCondition> Of(IReadOnlyDictionary<string, Contracts.Condition> conditions)
    {
        var found = new Dictionary<string, KeyCondition>(StringComparer.Ordinal);
        foreach (var (name, condition) in conditions)
        {
            var values = condition.AttributeValueList ?? [];
            Legacy.Make(name, condition.ComparisonOperator, values);
            DynamoErrors.ThrowIf(
                condition.ComparisonOperator is not (ComparisonOperator.Eq or ComparisonOperator.Lt or ComparisonOperator.Le or ComparisonOperator.Gt
                    or ComparisonOperator.Ge or ComparisonOperator.Between or ComparisonOperator.BeginsWith),
                "Attempted conditional constraint is not an indexable operation");
            found.Add(name, new KeyCondition(
                condition.ComparisonOperator, values[0].Span.ToArray(), values.Count > 1 ? values[1].Span.ToArray() : null));
        }

        DynamoErrors.ThrowIf(found.Count is not (1 or 2), "Conditions can be of length 1 or 2 only");
        return found;
    }

    private static void Collect(Condition condition, Dictionary<string, KeyCondition> found)
    {
        switch (condition)
        {
            case And and:
                Collect(and.Left, found);
                Collect(and.Right, found);
                break;
            case Comparison { Comparator: Comparator.NotEqual }:
                DynamoErrors.Throw(Invalid + "<>");
                break;
            case Comparison comparison:
                Add(comparison, found);
                break;
            case Between between:
                Require(between.Operand is PathOperand, $"{InvalidCondition}BETWEEN operator must have the key attribute as its first operand");
                Add(found, between.Operand, ComparisonOperator.Between, between.Lower, between.Upper);
                break;
            case BeginsWith begins:
                Require(begins.Operand is PathOperand, $"{InvalidCondition}begins_with operator must have the key attribute as its first operand");
                Add(found, begins.Operand, ComparisonOperator.BeginsWith, begins.Prefix, null);
                break;
            default:
                DynamoErrors.Throw(Invalid + condition switch
                {
                    Or => "OR",
                    Not => "NOT",
                    In => "IN",
                    Exists exists => exists.Expected ? "attribute_exists" : "attribute_not_exists",
                    HasType => "attribute_type",
                    _ => "contains",
                });
                break;
        }
    }

    private static void Add(Comparison comparison, Dictionary<string, KeyCondition> found)
    {
        var turned = comparison.Left is not PathOperand && comparison.Right is PathOperand;
        var key = turned ? comparison.Right : comparison.Left;
        var value = turned ? comparison.Left : comparison.Right;
        var name = (comparison.Comparator, turned) switch
        {
            (Comparator.Equal, _) => ComparisonOperator.Eq,
            (Comparator.Less, false) or (Comparator.Greater, true) => ComparisonOperator.Lt,
            (Comparator.LessOrEqual, false) or (Comparator.GreaterOrEqual, true) => ComparisonOperator.Le,
            (Comparator.Greater, false) or (Comparator.Less, true) => ComparisonOperator.Gt,
            _ => ComparisonOperator.Ge,
        };
        Add(found, key, name, value, null);
    }

    private static void Add(Dictionary<string, KeyCondition> found, Operand key, string name, Operand value, Operand? upper)
    {
        Require(
            key is not SizeOperand && value is not SizeOperand && upper is not SizeOperand, "KeyConditionExpressions cannot contain nested operations");
        Require(value is not PathOperand && upper is not PathOperand, InvalidCondition + "Multiple attribute names used in one condition");
        Require(key is PathOperand, InvalidCondition + "No key attribute specified");
        var path = ((PathOperand)key).Path;
        Require(!path.IsNested, "KeyConditionExpressions cannot have conditions on nested attributes");
        var condition = new KeyCondition(name, ((ValueOperand)value).Value, (upper as ValueOperand)?.Value);
        Require(found.TryAdd(path.Root, condition), "KeyConditionExpressions must only contain one condition per key");
    }

    private static void Require(bool holds, string message) => DynamoErrors.ThrowIf(!holds, message);
}
