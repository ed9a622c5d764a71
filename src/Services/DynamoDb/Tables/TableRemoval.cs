using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.Streams;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.DynamoDb.Tables;

/// <summary>Takes a table away for good, its items with it, in one transaction.</summary>
internal sealed class TableRemoval(TableStore tables)
{
    /// <summary>The epoch of a partition whose table is gone: whoever still writes there is refused.</summary>
    private const uint Dead = uint.MaxValue;

    public ValueTask<bool> RemoveAsync(AccountId account, Region region, TableRecord record)
    {
        var catalog = DynamoDbKeyspace.Catalog(account, region);
        PartitionId[] parts = [.. Enumerable.Range(0, record.Partitions).Select(n => DynamoDbKeyspace.Part(account, region, record.Id, n))];
        var sequence = tables.SequenceOf(record, tables.PartitionsOf(account, region, record.Id, record.Partitions));
        return tables.Store.Transactions.UpdateAsync([catalog, .. parts], (catalog, parts, record, sequence, tables.Now), static (context, state) =>
        {
            var key = DynamoDbKeyspace.Table(state.record.Name);
            if (context.Read(state.catalog).GetBytes(key) is not { } bytes
                || TableRecord.Decode(bytes) is not { } record
                || record.Id != state.record.Id)
            {
                return false;
            }

            var catalog = context.Write(state.catalog);
            catalog.Delete(key);
            if (record.Stream is { Enabled: true })
            {
                StreamUpkeep.Close(context.Read(state.catalog), catalog, record, state.sequence.Next(), state.Now);
            }

            foreach (var part in state.parts)
            {
                // What is in the table's streams is left for a day.
                var batch = context.Write(part);
                batch.DeleteRange(KeyRange.All.Before([DynamoDbKeyspace.StreamRecords]));
                batch.DeleteRange(KeyRange.All.From([DynamoDbKeyspace.StreamRecords + 1]));
                new PartitionState { Epoch = Dead }.Write(batch);
            }

            return true;
        });
    }
}
