using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Throttling;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Errors;
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
        ServiceError? exceeded = null;
        var refused = 0;
        foreach (var (name, some) in changes)
        {
            var units = new WriteUnits();
            var throttled = new HashSet<ItemChange>(ReferenceEqualityComparer.Instance);
            var (table, refusal) = await WriteAsync(context, name, some, units, throttled);
            if (refusal is not null)
            {
                // What is above a table's throughput is left for the client to try again.
                exceeded ??= refusal;
                refused += throttled.Count;
                unprocessed[name] = [.. input.RequestItems[name].Where((_, i) => throttled.Contains(some[i]))];
            }

            if (units.Describe(table, input.ReturnConsumedCapacity) is { } capacity)
            {
                consumed.Add(capacity);
            }

            var metrics = some.Where(change => !throttled.Contains(change))
                .Select(change => ItemCollections.Describe(table, change.Map, input.ReturnItemCollectionMetrics))
                .OfType<ItemCollectionMetrics>().ToList();
            if (metrics.Count > 0)
            {
                collections[name] = metrics;
            }
        }

        // Only a request of which nothing at all was written is refused.
        if (exceeded is not null && refused == count)
        {
            return exceeded;
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

    private async ValueTask<(Table Table, ServiceError? Exceeded)> WriteAsync(
        CallContext context, string name, List<ItemChange> changes, WriteUnits total, HashSet<ItemChange> throttled)
    {
        var left = changes;
        ServiceError? exceeded = null;
        for (var fresh = false; ; fresh = true)
        {
            var table = tables.Use(context, name, fresh);
            var parts = left.Select(change => (Change: change, Key: change.Bind(table))).GroupBy(pair => table.PartitionIndexOf(pair.Key.Token));
            var tasks = parts.Select(part => WriteAsync(table, part.Key, [.. part])).ToList();
            left = [];
            foreach (var part in await Task.WhenAll(tasks))
            {
                total.Add(part.Units);
                throttled.UnionWith(part.Throttled);
                exceeded ??= part.Exceeded;
                left.AddRange(part.Stale);
            }

            if (left.Count == 0)
            {
                total.Charge(table);
                return (table, exceeded);
            }
        }
    }

    private static async Task<PartResult> WriteAsync(Table table, int part, List<(ItemChange Change, ItemKey Key)> changes)
    {
        var result = new PartResult();
        var written = await table.Partitions[part].UpdateAsync((table, changes, result), static (current, batch, state) =>
        {
            state.result.Clear();
            if (ItemWrite.Begin(current, batch, state.table) is not { } write)
            {
                return false;
            }

            foreach (var (change, key) in state.changes)
            {
                state.result.Apply(state.table, write, change, key);
            }

            write.End();
            return true;
        });
        if (!written)
        {
            result.Stale.AddRange(changes.Select(pair => pair.Change));
        }

        return result;
    }

    /// <summary>What became of the changes of one partition.</summary>
    private sealed class PartResult
    {
        public WriteUnits Units { get; } = new();

        public List<ItemChange> Throttled { get; } = [];

        public ServiceError? Exceeded { get; private set; }

        /// <summary>What was not written, because the table is not what it was.</summary>
        public List<ItemChange> Stale { get; } = [];

        public void Clear()
        {
            Units.Clear();
            Throttled.Clear();
            Exceeded = null;
        }

        public void Apply(Table table, ItemWrite write, ItemChange change, ItemKey key)
        {
            var exceeded = table.Writes.Check(key.Token);
            if (exceeded is null)
            {
                try
                {
                    change.Apply(write, key, Units);
                    return;
                }
                catch (ServiceException exception) when (ThrottleErrors.Is(exception.Error))
                {
                    exceeded = exception.Error;
                }
            }

            Exceeded ??= exceeded;
            Throttled.Add(change);
        }
    }
}
