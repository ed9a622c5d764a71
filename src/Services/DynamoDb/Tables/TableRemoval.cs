using Haneul.DynamoDb.Items;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.DynamoDb.Tables;

/// <summary>Takes a table away for good, its items with it, in one transaction.</summary>
internal sealed class TableRemoval(TableStore tables)
{
    /// <summary>The epoch of a partition whose table is gone: whoever still writes there is refused.</summary>
    private const uint Dead = uint.MaxValue;

    public async ValueTask<bool> RemoveAsync(AccountId account, Region region, TableRecord record)
    {
        var catalog = DynamoDbKeyspace.Catalog(account, region);
        PartitionId[] parts = [.. Enumerable.Range(0, record.Partitions).Select(n => DynamoDbKeyspace.Part(account, region, record.Id, n))];
        var removed = await tables.Store.Transactions.UpdateAsync([catalog, .. parts], (catalog, parts, record), static (context, state) =>
        {
            var key = DynamoDbKeyspace.Table(state.record.Name);
            if (context.Read(state.catalog).GetBytes(key) is not { } current || TableRecord.Decode(current).Id != state.record.Id)
            {
                return false;
            }

            context.Write(state.catalog).Delete(key);
            foreach (var part in state.parts)
            {
                var batch = context.Write(part);
                batch.DeleteRange(KeyRange.All);
                new PartitionState { Epoch = Dead }.Write(batch);
            }

            return true;
        });
        tables.Forget(record.Id);
        return removed;
    }
}
