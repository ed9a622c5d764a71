using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Expressions;
using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.Reads;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Values;
using Condition = Haneul.DynamoDb.Expressions.Condition;

namespace Haneul.DynamoDb.PartiQl;

/// <summary>Finds in the conditions of a statement which item, or which range of keys, it is about.</summary>
internal static class StatementPlan
{
    private const string NoKey = "Where clause does not contain a mandatory equality on all key attributes";

    /// <summary>A statement that changes one item, as a change: its key out of the condition, the rest of the condition on top.</summary>
    public static ItemChange Change(Statement statement, Table table)
    {
        switch (statement)
        {
            case InsertStatement insert:
                DynamoErrors.ThrowIf(ItemSize.OfMap(insert.Item.Span) > ItemSize.Max, "Item size has exceeded the maximum allowed size");
                return new ItemChange(ChangeKind.Put, insert.Item, new Exists(DocumentPath.Of(table.Key.Hash.Name), exists: false));
            case UpdateStatement update:
                var (key, rest) = Split(table, update.Where);
                var there = new Exists(DocumentPath.Of(table.Key.Hash.Name), exists: true);
                return new ItemChange(ChangeKind.Update, key, rest is null ? there : new And(there, rest), update.Actions);
            case DeleteStatement delete:
                var (deleted, condition) = Split(table, delete.Where);
                return new ItemChange(ChangeKind.Delete, deleted, condition);
            case ExistsStatement exists:
                var (wanted, also) = Split(table, exists.Where);
                var present = new Exists(DocumentPath.Of(table.Key.Hash.Name), exists: true);
                return new ItemChange(ChangeKind.Check, wanted, also is null ? present : new And(present, also));
            default:
                throw DynamoErrors.Validation("A SELECT statement cannot be used here").ToException();
        }
    }

    /// <summary>The hash keys that a SELECT names, with a condition on the range key; none for a scan.</summary>
    public static (IReadOnlyList<byte[]> Hashes, KeyCondition? Range) Keys(KeySchema schema, Condition? where)
    {
        var conjuncts = Conjuncts(where).ToList();
        IReadOnlyList<byte[]>? hashes = null;
        KeyCondition? range = null;
        foreach (var conjunct in conjuncts)
        {
            if (hashes is null && conjunct is Comparison { Comparator: Comparator.Equal } && Equal(conjunct, schema.Hash) is { } hash)
            {
                hashes = [hash];
            }
            else if (hashes is null && conjunct is In { Operand: PathOperand { Path: { IsNested: false } path } } among && path.Root == schema.Hash.Name
                && among.Candidates.All(candidate => candidate is ValueOperand value && value.Known == schema.Hash.Kind))
            {
                hashes = [.. among.Candidates.Select(candidate => ((ValueOperand)candidate).Value).DistinctBy(Convert.ToBase64String)];
            }
            else if (range is null && schema.Range is { } part)
            {
                range = Range(conjunct, part);
            }
        }

        return hashes is null ? ([], null) : (hashes, range);
    }

    /// <summary>The key of the one item that a condition names, and what else it asks.</summary>
    public static (AttributeMap Key, Condition? Others) Split(Table table, Condition? where)
    {
        using var writer = new ValueWriter(128);
        var map = writer.Begin();
        var conjuncts = Conjuncts(where).ToList();
        foreach (var part in new[] { table.Key.Hash, table.Key.Range })
        {
            if (part is null)
            {
                continue;
            }

            var found = conjuncts.FindIndex(conjunct => Equal(conjunct, part) is not null);
            DynamoErrors.ThrowIf(found < 0, NoKey);
            writer.Entry();
            writer.Bytes(part.Utf8);
            writer.Raw(Equal(conjuncts[found], part));
            conjuncts.RemoveAt(found);
        }

        writer.EndMap(map);
        return (new AttributeMap(writer.Written.ToArray()), conjuncts.Count == 0 ? null : conjuncts.Aggregate((a, b) => new And(a, b)));
    }

    private static byte[]? Equal(Condition condition, KeyPart part) => condition switch
    {
        Comparison { Comparator: Comparator.Equal, Left: PathOperand { Path: { IsNested: false } path }, Right: ValueOperand value }
            when path.Root == part.Name && value.Known == part.Kind => value.Value,
        Comparison { Comparator: Comparator.Equal, Right: PathOperand { Path: { IsNested: false } path }, Left: ValueOperand value }
            when path.Root == part.Name && value.Known == part.Kind => value.Value,
        _ => null,
    };

    private static KeyCondition? Range(Condition condition, KeyPart part)
    {
        switch (condition)
        {
            case Comparison { Left: PathOperand { Path: { IsNested: false } path }, Right: ValueOperand value } comparison
                when path.Root == part.Name && value.Known == part.Kind && comparison.Comparator != Comparator.NotEqual:
                return new KeyCondition(
                    comparison.Comparator switch
                    {
                        Comparator.Equal => ComparisonOperator.Eq,
                        Comparator.Less => ComparisonOperator.Lt,
                        Comparator.LessOrEqual => ComparisonOperator.Le,
                        Comparator.Greater => ComparisonOperator.Gt,
                        _ => ComparisonOperator.Ge,
                    },
                    value.Value);
            case Between { Operand: PathOperand { Path: { IsNested: false } path }, Lower: ValueOperand lower, Upper: ValueOperand upper }
                when path.Root == part.Name && lower.Known == part.Kind && upper.Known == part.Kind && Encoded.Compare(lower.Value, upper.Value) <= 0:
                return new KeyCondition(ComparisonOperator.Between, lower.Value, upper.Value);
            case BeginsWith { Operand: PathOperand { Path: { IsNested: false } path }, Prefix: ValueOperand prefix }
                when path.Root == part.Name && prefix.Known == part.Kind && part.Kind != ValueKind.Number:
                return new KeyCondition(ComparisonOperator.BeginsWith, prefix.Value);
            default:
                return null;
        }
    }

    private static IEnumerable<Condition> Conjuncts(Condition? condition) => condition switch
    {
        null => [],
        And and => Conjuncts(and.Left).Concat(Conjuncts(and.Right)),
        _ => [condition],
    };
}
