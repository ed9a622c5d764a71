using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Batches;

/// <summary>
/// Puts and deletes up to 25 items, each on its own: those of one partition share its commit, which is all the batch saves.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html"/>
/// </summary>
internal sealed class BatchWriteItem(TableStore tables) : IHandler<BatchWriteItemInput, BatchWriteItemOutput>
{
    private const int MaxItems = 25;

    public async ValueTask<Outcome<BatchWriteItemOutput>> HandleAsync(
        BatchWriteItemInput input, CallContext context, CancellationToken cancel)
    {
        var count = input.RequestItems.Values.Sum(requests => requests.Count);
        DynamoErrors.ThrowIf(count > MaxItems, "Too many items requested for the BatchWriteItem call");
        var changes = input.RequestItems.ToDictionary(pair => pair.Key, pair => pair.Value.Select(Change).ToList());
        foreach (var (name, some) in changes)
        {
            Check(tables.Use(context, name), some);
        }

        var consumed = new List<ConsumedCapacity>();
        var collections = new Dictionary<string, IReadOnlyList<ItemCollectionMetrics>>();
        var unprocessed = new Dictionary<string, IReadOnlyList<WriteRequest>>();
        foreach (var (name, some) in changes)
        {
            // What is above a table's throughput is left for the client to try again.
            var known = tables.Use(context, name);
            if (known.Throttle?.CheckWrite(known) is { } exceeded)
            {
                if (changes.Count == 1)
                {
                    return exceeded;
                }

                unprocessed[name] = input.RequestItems[name];
                continue;
            }

            var (table, units) = await WriteAsync(context, name, some);
            if (units.Describe(table, input.ReturnConsumedCapacity) is { } capacity)
            {
                consumed.Add(capacity);
            }

            var metrics = some.Select(change => ItemWriter.Collection(table, change.Map, input.ReturnItemCollectionMetrics))
                .OfType<ItemCollectionMetrics>().ToList();
            if (metrics.Count > 0)
            {
                collections[name] = metrics;
            }
        }

        return new BatchWriteItemOutput
        {
            UnprocessedItems = unprocessed,
            ItemCollectionMetrics = collections.Count > 0 ? collections : null,
            ConsumedCapacity = consumed.Count > 0 ? consumed : null,
        };
    }

    private static ItemChange Change(WriteRequest request)
    {
        DynamoErrors.ThrowIf(request is { PutRequest: null, DeleteRequest: null } or { PutRequest: not null, DeleteRequest: not null },
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes");
        if (request.PutRequest is { } put)
        {
            DynamoErrors.ThrowIfInvalid(put.Item);
            DynamoErrors.ThrowIf(ItemSize.OfMap(put.Item.Span) > ItemSize.Max, "Item size has exceeded the maximum allowed size");
            return new ItemChange(ChangeKind.Put, put.Item, null);
        }

        DynamoErrors.ThrowIfInvalid(request.DeleteRequest!.Key);
        return new ItemChange(ChangeKind.Delete, request.DeleteRequest.Key, null);
    }

    private static void Check(Table table, List<ItemChange> changes)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            var key = change.Bind(table);
            DynamoErrors.ThrowIf(!seen.Add(Convert.ToBase64String(key.Bytes)), "Provided list of item keys contains duplicates");
        }
    }

    private async ValueTask<(Table Table, WriteUnits Units)> WriteAsync(CallContext context, string name, List<ItemChange> changes)
    {
        var total = new WriteUnits();
        var left = changes;
        Table table;
        for (var fresh = false; ; fresh = true)
        {
            table = tables.Use(context, name, fresh);
            var current = table;
            var parts = left.Select(change => (Change: change, Key: change.Bind(current))).GroupBy(pair => current.PartitionIndexOf(pair.Key.Token));
            var tasks = parts.Select(part => WriteAsync(current, part.Key, [.. part], total)).ToList();
            var outcomes = await Task.WhenAll(tasks);
            left = [.. outcomes.SelectMany(stale => stale)];
            if (left.Count == 0)
            {
                table.Throttle?.ChargeWrite(table, total);
                return (table, total);
            }
        }
    }

    /// <returns>What was not written, because the table is not what it was.</returns>
    private static async Task<List<ItemChange>> WriteAsync(Table table, int part, List<(ItemChange Change, ItemKey Key)> changes, WriteUnits total)
    {
        var units = new WriteUnits();
        var written = await table.Partitions[part].UpdateAsync((table, changes, units), static (current, batch, state) =>
        {
            state.units.Clear();
            if (ItemWrite.Begin(current, batch, state.table) is not { } write)
            {
                return false;
            }

            foreach (var (change, key) in state.changes)
            {
                change.Apply(write, key, state.units);
            }

            write.End();
            return true;
        });
        if (!written)
        {
            return [.. changes.Select(pair => pair.Change)];
        }

        lock (total)
        {
            total.Add(units);
        }

        return [];
    }
}
