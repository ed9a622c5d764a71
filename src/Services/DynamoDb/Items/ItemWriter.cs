using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;

namespace Haneul.DynamoDb.Items;

/// <summary>Commits single writes: read, condition, item, indexes in one step of the item's partition.</summary>
internal sealed class ItemWriter(TableStore tables)
{
    /// <returns>How it went, and the table as it was then.</returns>
    public async ValueTask<(ChangeResult Result, Table Table)> WriteAsync(
        CallContext context, string tableName, ItemChange change, WriteUnits units)
    {
        for (var fresh = false; ; fresh = true)
        {
            var table = tables.Use(context, tableName, fresh);
            var key = change.Bind(table);
            if (table.Writes.Check(key.Token) is { } exceeded)
            {
                throw exceeded.ToException();
            }

            var result = await table.PartitionOf(key.Token).UpdateAsync((table, change, key, units), static (current, batch, state) =>
            {
                state.units.Clear();
                if (ItemWrite.Begin(current, batch, state.table) is not { } write)
                {
                    return (ChangeResult?)null;
                }

                var result = state.change.Apply(write, state.key, state.units);
                write.End();
                return result;
            });
            if (result is not null)
            {
                units.Charge(table);
                return (result.Value, table);
            }
        }
    }
}
