using Haneul.DynamoDb.Backups;
using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.Streams;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.DynamoDb.Tables;

/// <summary>Takes a table away for good, its items with it, in one transaction.</summary>
internal sealed class TableRemoval(TableStore tables, IIdSource ids)
{
    /// <summary>The epoch of a partition whose table is gone: whoever still writes there is refused.</summary>
    private const uint Dead = uint.MaxValue;

    public async ValueTask<bool> RemoveAsync(AccountId account, Region region, TableRecord record)
    {
        var catalog = DynamoDbKeyspace.Catalog(account, region);
        PartitionId[] parts = [.. Enumerable.Range(0, record.Partitions).Select(n => DynamoDbKeyspace.Part(account, region, record.Id, n))];
        var sequence = tables.SequenceOf(record, tables.PartitionsOf(account, region, record.Id, record.Partitions));
        var id = BackupRecord.NewId(tables.Now, ids);
        var removed = await tables.Store.Transactions.UpdateAsync([catalog, .. parts], (catalog, parts, record, sequence, id, tables.Now), static (context, state) =>
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

            var kept = record.Recovery is null ? null : LastBackup(record, [.. state.parts.Select(part => PartitionState.Read(context.Read(part)))], state.id, state.Now);
            if (kept is not null)
            {
                catalog.Put(kept.Key, kept.Encode());
            }

            foreach (var part in state.parts)
            {
                // What is in the table's streams is left for a day, and its items if they are a backup now.
                var batch = context.Write(part);
                batch.DeleteRange(KeyRange.All.From(kept is null ? [] : [DynamoDbKeyspace.Items + 1]).Before([DynamoDbKeyspace.StreamRecords]));
                batch.DeleteRange(KeyRange.All.From([DynamoDbKeyspace.StreamRecords + 1]));
                new PartitionState { Epoch = Dead }.Write(batch);
            }

            return true;
        });
        tables.Forget(record.Id);
        return removed;
    }

    /// <summary>Takes a table away whose time to be deleted is over, so that its name is free.</summary>
    public async ValueTask RemoveIfGoneAsync(AccountId account, Region region, string name)
    {
        if (tables.CatalogOf(account, region).GetBytes(DynamoDbKeyspace.Table(name)) is { } bytes
            && TableRecord.Decode(bytes) is { GoneAt: { } gone } dead
            && gone <= tables.Now)
        {
            await RemoveAsync(account, region, dead);
        }
    }

    // A table with point-in-time recovery leaves its items where they are, as a backup.
    private static BackupRecord LastBackup(TableRecord table, PartitionState[] states, string id, DateTimeOffset now) => new()
    {
        Id = id,
        Name = table.Name + "$DeletedTableBackup",
        Type = BackupType.System,
        Created = now,
        Expires = now + BackupRecord.SystemLife,
        Available = true,
        AsOf = states.Max(state => state.Sequence),
        StorageId = table.Id,
        Table = table,
        Items = states.Sum(state => state.Find(0).Items),
        Bytes = states.Sum(state => state.Find(0).Bytes),
    };
}
