using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Values;

namespace Haneul.DynamoDb.Expressions;

/// <summary>
/// The parameters from before expressions, translated into the same conditions and actions.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html"/>
/// </summary>
internal static class Legacy
{
    /// <summary><c>Expected</c>: what must hold of an item that is written.</summary>
    public static Condition? Expected(IReadOnlyDictionary<string, ExpectedAttributeValue>? expected, string? conditionalOperator)
    {
        if (expected is null)
        {
            DynamoErrors.ThrowIf(
                conditionalOperator is not null, DynamoErrors.Parameters + "ConditionalOperator cannot be used without Filter or Expected");
            return null;
        }

        return Join(expected.Select(pair => Expected(pair.Key, pair.Value)), conditionalOperator);
    }

    /// <summary><c>QueryFilter</c> and <c>ScanFilter</c>: which items are returned.</summary>
    public static Condition? Filter(IReadOnlyDictionary<string, Contracts.Condition>? filter, string? conditionalOperator)
    {
        if (filter is null)
        {
            DynamoErrors.ThrowIf(
                conditionalOperator is not null, DynamoErrors.Parameters + "ConditionalOperator cannot be used without Filter or Expected");
            return null;
        }

        return Join(filter.Select(pair => Make(pair.Key, pair.Value.ComparisonOperator, pair.Value.AttributeValueList ?? [])), conditionalOperator);
    }

    /// <summary>One condition on an attribute.</summary>
    public static Condition Make(string attribute, string comparison, IReadOnlyList<AttributeValue> values)
    {
        Check(comparison, values);
        var path = new PathOperand(DocumentPath.Of(attribute));
        Operand[] operands = [.. values.Select(value => new ValueOperand(value.Span.ToArray()))];
        return comparison switch
        {
            ComparisonOperator.Eq => new Comparison(Comparator.Equal, path, operands[0]),
            ComparisonOperator.Ne => new Comparison(Comparator.NotEqual, path, operands[0]),
            ComparisonOperator.Lt => new Comparison(Comparator.Less, path, operands[0]),
            ComparisonOperator.Le => new Comparison(Comparator.LessOrEqual, path, operands[0]),
            ComparisonOperator.Gt => new Comparison(Comparator.Greater, path, operands[0]),
            ComparisonOperator.Ge => new Comparison(Comparator.GreaterOrEqual, path, operands[0]),
            ComparisonOperator.In => new In(path, operands),
            ComparisonOperator.Between => new Between(path, operands[0], operands[1]),
            ComparisonOperator.NotNull => new Exists(path.Path, exists: true),
            ComparisonOperator.Null => new Exists(path.Path, exists: false),
            ComparisonOperator.Contains => new Contains(path, operands[0]),
            ComparisonOperator.NotContains => new And(new Exists(path.Path, exists: true), new Not(new Contains(path, operands[0]))),
            _ => new BeginsWith(path, operands[0]),
        };
    }

    /// <summary><c>AttributeUpdates</c> as actions.</summary>
    public static IReadOnlyList<UpdateAction> Updates(IReadOnlyDictionary<string, AttributeValueUpdate> updates)
    {
        var actions = new List<UpdateAction>();
        foreach (var (name, update) in updates)
        {
            DynamoErrors.ThrowIfInvalid(update.Value);
            var action = update.Action ?? AttributeAction.Put;
            if (update.Value is null)
            {
                DynamoErrors.ThrowIf(
                    action != AttributeAction.Delete, DynamoErrors.Parameters + "Only DELETE action is allowed when no attribute value is specified");
                actions.Add(new UpdateAction(UpdateKind.Remove, DocumentPath.Of(name), null));
                continue;
            }

            var kind = update.Value.Kind;
            DynamoErrors.ThrowIf(
                action == AttributeAction.Delete && !kind.IsSet(),
                $"{DynamoErrors.Parameters}DELETE action with value is not supported for the type {kind.Name()}");
            DynamoErrors.ThrowIf(
                action == AttributeAction.Add && !kind.IsSet() && kind is not (ValueKind.Number or ValueKind.List),
                $"{DynamoErrors.Parameters}ADD action is not supported for the type {kind.Name()}");
            actions.Add(new UpdateAction(
                action switch
                {
                    AttributeAction.Add => UpdateKind.Add,
                    AttributeAction.Delete => UpdateKind.Delete,
                    _ => UpdateKind.Set,
                },
                DocumentPath.Of(name),
                new UpdateValue(update.Value.Span.ToArray()),
                "Type mismatch for attribute to update"));
        }

        return actions;
    }

    /// <summary><c>AttributesToGet</c> as paths.</summary>
    public static IReadOnlyList<DocumentPath>? Attributes(IReadOnlyList<string>? attributes)
    {
        if (attributes is null)
        {
            return null;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var attribute in attributes)
        {
            DynamoErrors.ThrowIf(!seen.Add(attribute), $"{DynamoErrors.Parameters}Duplicate value in attribute name: {attribute}");
        }

        return [.. attributes.Select(DocumentPath.Of)];
    }

    private static Condition Expected(string attribute, ExpectedAttributeValue expected)
    {
        DynamoErrors.ThrowIf(
            expected is { AttributeValueList: not null, Value: not null },
            $"{DynamoErrors.Parameters}Value and AttributeValueList cannot be used together for Attribute: {attribute}");
        if (expected.ComparisonOperator is { } comparison)
        {
            DynamoErrors.ThrowIf(
                expected.Exists is not null, $"{DynamoErrors.Parameters}Exists and ComparisonOperator cannot be used together for Attribute: {attribute}");
            DynamoErrors.ThrowIf(
                comparison is not (ComparisonOperator.Null or ComparisonOperator.NotNull)
                    && expected is { AttributeValueList: null, Value: null },
                $"{DynamoErrors.Parameters}Value or AttributeValueList must be used with ComparisonOperator: {comparison} for Attribute: {attribute}");
            return Make(attribute, comparison, expected.AttributeValueList ?? (expected.Value is { } one ? [one] : []));
        }

        DynamoErrors.ThrowIf(
            expected.AttributeValueList is not null,
            $"{DynamoErrors.Parameters}AttributeValueList can only be used with a ComparisonOperator for Attribute: {attribute}");
        if (expected.Exists == false)
        {
            DynamoErrors.ThrowIf(
                expected.Value is not null, $"{DynamoErrors.Parameters}Value cannot be used when Exists is false for Attribute: {attribute}");
            return new Exists(DocumentPath.Of(attribute), exists: false);
        }

        DynamoErrors.ThrowIf(
            expected.Value is null,
            $"{DynamoErrors.Parameters}Value must be provided when Exists is {(expected.Exists is null ? "null" : "true")} for Attribute: {attribute}");
        return Make(attribute, ComparisonOperator.Eq, [expected.Value!]);
    }

    private static void Check(string comparison, IReadOnlyList<AttributeValue> values)
    {
        foreach (var value in values)
        {
            DynamoErrors.ThrowIfInvalid(value);
        }

        var enough = comparison switch
        {
            ComparisonOperator.Null or ComparisonOperator.NotNull => values.Count == 0,
            ComparisonOperator.In => values.Count > 0,
            ComparisonOperator.Between => values.Count == 2,
            _ => values.Count == 1,
        };
        DynamoErrors.ThrowIf(!enough, $"{DynamoErrors.Parameters}Invalid number of argument(s) for the {comparison} ComparisonOperator");
        if (values.Count == 0)
        {
            return;
        }

        DynamoErrors.ThrowIf(
            values.Any(value => !ValueKinds.SameType(value.Kind, values[0].Kind)),
            DynamoErrors.Parameters + "AttributeValues inside AttributeValueList must be of same type");
        var kind = values[0].Kind;
        var scalar = kind is ValueKind.String or ValueKind.Number or ValueKind.Binary;
        var takes = comparison switch
        {
            ComparisonOperator.Eq or ComparisonOperator.Ne => true,
            ComparisonOperator.BeginsWith => kind is ValueKind.String or ValueKind.Binary,
            _ => scalar,
        };
        DynamoErrors.ThrowIf(
            !takes, $"{DynamoErrors.Parameters}ComparisonOperator {comparison} is not valid for {kind.Name()} AttributeValue type");
        DynamoErrors.ThrowIf(
            comparison == ComparisonOperator.Between && Encoded.Compare(values[0].Span, values[1].Span) > 0,
            "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound");
    }

    private static Condition? Join(IEnumerable<Condition> conditions, string? conditionalOperator)
    {
        Condition? joined = null;
        foreach (var condition in conditions)
        {
            joined = joined is null ? condition
                : conditionalOperator == ConditionalOperator.Or ? new Or(joined, condition)
                : new And(joined, condition);
        }

        return joined;
    }
}
