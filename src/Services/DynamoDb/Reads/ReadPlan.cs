using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Expressions;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Values;
using Condition = Haneul.DynamoDb.Expressions.Condition;

namespace Haneul.DynamoDb.Reads;

/// <summary>What a query or scan does with the items it passes: which it returns, and what of them.</summary>
internal sealed class ReadPlan
{
    public Condition? Filter { get; init; }

    public ItemProjection? Projection { get; private set; }

    /// <summary>Only the number of items is wanted.</summary>
    public bool CountOnly { get; init; }

    /// <summary>Attributes are wanted that a local index does not carry: items are read from the table.</summary>
    public bool Fetch { get; private set; }

    /// <summary>The rules of <c>Select</c> that need no table.</summary>
    public static void CheckSelect(string? select, bool hasIndex, bool hasProjection, string operation)
    {
        DynamoErrors.ThrowIf(
            select == Contracts.Select.AllProjectedAttributes && !hasIndex,
            $"{DynamoErrors.Parameters}ALL_PROJECTED_ATTRIBUTES can be used only when {operation} using an IndexName");
        DynamoErrors.ThrowIf(
            select == Contracts.Select.SpecificAttributes && !hasProjection,
            $"{DynamoErrors.Parameters}Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES");
        DynamoErrors.ThrowIf(
            hasProjection && select is not (null or Contracts.Select.SpecificAttributes),
            $"{DynamoErrors.Parameters}Cannot specify the AttributesToGet when choosing to get {(select == Contracts.Select.Count ? "only the Count" : select)}");
    }

    /// <summary>Finds the index that a request names.</summary>
    public static TableIndex? FindIndex(Table table, string? name, bool consistent)
    {
        if (name is null)
        {
            return null;
        }

        var index = table.FindIndex(name);
        DynamoErrors.ThrowIf(index is null, $"The table does not have the specified index: {name}");
        DynamoErrors.ThrowIf(consistent && !index!.Local, "Consistent reads are not supported on global secondary indexes");
        DynamoErrors.ThrowIf(index!.Record.Backfilling, $"Cannot read from backfilling global secondary index: {name}");
        return index;
    }

    /// <summary>Settles which attributes are returned, given where they come from.</summary>
    public void Settle(TableIndex? index, string? select, IReadOnlyList<DocumentPath>? paths)
    {
        Projection = paths is null ? null : ItemProjection.Of(paths);
        if (index is null || index.Record.Projection == ProjectionType.All)
        {
            return;
        }

        if (select == Contracts.Select.AllAttributes)
        {
            DynamoErrors.ThrowIf(
                !index.Local,
                $"{DynamoErrors.Parameters}Select type ALL_ATTRIBUTES is not supported for global secondary index {index.Name} "
                + "because its projection type is not ALL");
            Fetch = true;
        }

        var missing = (Projection?.Attributes ?? []).Where(attribute => !index.Carries(attribute)).ToList();
        if (missing.Count > 0)
        {
            DynamoErrors.ThrowIf(
                !index.Local, $"{DynamoErrors.Parameters}Global secondary index {index.Name} does not project [{string.Join(", ", missing)}]");
            Fetch = true;
        }
    }

    public static void CheckStartKey(AttributeMap? start)
    {
        if (start?.Invalid is not { } invalid)
        {
            return;
        }

        // Some complaints come from where numbers and sets are read, and have no words in front.
        string[] plain = ["contains duplicates", "number set", "numeric value", "significant digits", "number with magnitude"];
        DynamoErrors.Throw(plain.Any(words => invalid.Contains(words, StringComparison.Ordinal))
            ? invalid
            : "The provided starting key is invalid: " + invalid);
    }
}
