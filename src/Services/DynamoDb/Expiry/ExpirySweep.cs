using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.Tables;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.DynamoDb.Expiry;

/// <summary>Deletes the items whose time is over, some at a time, in the order of their times.</summary>
internal sealed class ExpirySweep(TableStore tables)
{
    private const int Some = 100;

    /// <returns>How many items were deleted.</returns>
    public async ValueTask<int> RunAsync(Table table, CancellationToken cancel)
    {
        var deleted = 0;
        foreach (var partition in table.Partitions)
        {
            int some;
            do
            {
                cancel.ThrowIfCancellationRequested();
                some = await partition.UpdateAsync((table, Now: tables.Now), static (current, batch, state) => Sweep(current, batch, state.table, state.Now));
                deleted += some;
            }
            while (some == Some);
        }

        if (deleted > 0)
        {
            table.Meters.Metrics.Count("TimeToLiveDeletedItemCount").Add(deleted);
        }

        return deleted;
    }

    private static int Sweep(IPartitionReader current, Batch batch, Table table, DateTimeOffset now)
    {
        var from = DynamoDbKeyspace.Expiry((now - ExpiryTime.TooOld).ToUnixTimeSeconds(), default);
        var to = DynamoDbKeyspace.Expiry(now.ToUnixTimeSeconds() + 1, default);
        ItemWrite? write = null;
        var count = 0;
        foreach (var entry in current.Scan(KeyRange.All.From(from).Before(to), limit: Some))
        {
            write ??= ItemWrite.Begin(current, batch, table);
            if (write is null)
            {
                return 0;
            }

            var reader = new KeyReader(entry.Key);
            reader.ReadByte();
            reader.ReadInt64();
            byte[] key = [DynamoDbKeyspace.Items, .. reader.Rest];
            using var stored = current.Get(key);
            var item = stored.Exists ? StoredItem.Read(stored.Span, out var size) : StoredItem.Nothing(out size);
            batch.Delete(entry.Key);
            write.Delete(key, item, size, units: null, expired: true);
            count++;
        }

        write?.End();
        return count;
    }
}
