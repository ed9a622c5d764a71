using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Identity;
using Haneul.Storage;
using Haneul.Storage.Keys;

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

    /// <summary>How large all items with a hash key are together, where AWS tells: in tables with local indexes.</summary>
    public static ItemCollectionMetrics? Collection(Table table, AttributeMap item, string? wanted)
    {
        if (wanted is not ReturnItemCollectionMetrics.Size || !table.HasLocalIndexes)
        {
            return null;
        }

        var hash = item.Find(table.Key.Hash.Utf8);
        long size = 0;
        var head = new KeyWriter(stackalloc byte[256]);
        foreach (var index in table.Indexes.Where(index => index.Local).Prepend(null))
        {
            head.Clear();
            var token = DynamoDbKeyspace.WriteHead(ref head, index, hash);
            foreach (var entry in table.PartitionOf(token).Scan(KeyRange.Prefix(head.Written)))
            {
                StoredItem.Read(entry.Value, out var bytes);
                size += bytes;
            }
        }

        head.Dispose();
        using var key = new ValueWriter(hash.Length + 64);
        var map = key.Begin();
        key.Entry();
        key.Bytes(table.Key.Hash.Utf8);
        key.Raw(hash);
        key.EndMap(map);
        var gigabytes = (double)(size >> 30);
        return new ItemCollectionMetrics
        {
            ItemCollectionKey = new AttributeMap(key.Written.ToArray()),
            SizeEstimateRangeGB = [gigabytes, gigabytes + 1],
        };
    }
}
