using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Expressions;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Errors;
using Condition = Haneul.DynamoDb.Expressions.Condition;

namespace Haneul.DynamoDb.Items;

internal enum ChangeKind : byte
{
    Put,
    Update,
    Delete,

    /// <summary>Changes nothing and only asks for its condition.</summary>
    Check,
}

/// <summary>One write to one item, whichever operation it comes from.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Map">The item to put, or the key of the item that is meant.</param>
/// <param name="Condition">What must hold of the item as it is; null for anything.</param>
/// <param name="Actions">What an update does.</param>
internal sealed record ItemChange(ChangeKind Kind, AttributeMap Map, Condition? Condition, IReadOnlyList<UpdateAction>? Actions = null)
{
    /// <summary>Refuses a write that does not fit the table.</summary>
    /// <returns>Where the item lies.</returns>
    public ItemKey Bind(Table table)
    {
        if (Kind == ChangeKind.Put)
        {
            return ItemKey.FromItem(table, Map.Span);
        }

        foreach (var action in Actions ?? [])
        {
            DynamoErrors.ThrowIf(
                table.Key.Has(action.Path.Root),
                $"{DynamoErrors.Parameters}Cannot update attribute {action.Path.Root}. This attribute is part of the key");
        }

        return ItemKey.FromKey(table, Map);
    }

    /// <summary>Asks for the condition and puts the change into the batch.</summary>
    public ChangeResult Apply(ItemWrite write, ItemKey key, WriteUnits? units)
    {
        using var stored = write.Get(key.Bytes);
        var oldSize = 0;
        var old = stored.Exists ? StoredItem.Read(stored.Span, out oldSize) : default;
        if (Condition is not null && !Condition.Holds(old.IsEmpty ? AttributeMap.Empty.Span : old))
        {
            units?.Table(key.Token, oldSize, 0);
            return new ChangeResult(ConditionFailed: true, Copy(old), null);
        }

        switch (Kind)
        {
            case ChangeKind.Put:
                write.Put(key.Bytes, old, oldSize, Map.Span, ItemSize.OfMap(Map.Span), units);
                return new ChangeResult(ConditionFailed: false, Copy(old), null);
            case ChangeKind.Delete:
                write.Delete(key.Bytes, old, oldSize, units);
                return new ChangeResult(ConditionFailed: false, Copy(old), null);
            case ChangeKind.Check:
                units?.Table(key.Token, oldSize, 0);
                return default;
            default:
                return Update(write, key, old, oldSize, units);
        }
    }

    private ChangeResult Update(ItemWrite write, ItemKey key, ReadOnlySpan<byte> old, int oldSize, WriteUnits? units)
    {
        using var writer = new ValueWriter(old.Length + 256);
        ItemUpdate.Apply(old.IsEmpty ? Map.Span : old, Actions!, writer);
        if (old.IsEmpty && Actions!.Count > 0 && Actions.All(action => action.Kind is UpdateKind.Remove or UpdateKind.Delete))
        {
            // Nothing can be taken away from an item that is not there, and it does not come to be by that.
            units?.Table(key.Token, 0, 0);
            return default;
        }

        var item = writer.Written;
        var size = ItemSize.OfMap(item);
        DynamoErrors.ThrowIf(size > ItemSize.Max, "Item size to update has exceeded the maximum allowed size");
        if (ItemKey.CheckIndexKeys(write.Table, item, old) is { } message)
        {
            var given = Actions!.Any(action => action is { Kind: UpdateKind.Set, Source: UpdateValue });
            DynamoErrors.Throw(message.Contains("Type mismatch", StringComparison.Ordinal) && !given
                ? "The update expression attempted to update the secondary index key to unsupported type"
                : message);
        }

        write.Put(key.Bytes, old, oldSize, item, size, units);
        return new ChangeResult(ConditionFailed: false, Copy(old), item.ToArray());
    }

    private static byte[]? Copy(ReadOnlySpan<byte> old) => old.IsEmpty ? null : old.ToArray();
}

/// <param name="ConditionFailed">Nothing was changed.</param>
/// <param name="Old">The item before, if there was one.</param>
/// <param name="New">The item after an update.</param>
internal readonly record struct ChangeResult(bool ConditionFailed, byte[]? Old, byte[]? New)
{
    /// <summary>The error of a failed condition, with the item if it was asked for.</summary>
    public ServiceError Failure(string? returnValues)
    {
        if (returnValues != ReturnValuesOnConditionCheckFailure.AllOld || Old is null)
        {
            return DynamoErrors.ConditionFailed;
        }

        return DynamoDbErrors.ConditionalCheckFailedException.With(
            DynamoErrors.ConditionFailed.Message, new ConditionalCheckFailedException { Item = new AttributeMap(Old) });
    }
}
