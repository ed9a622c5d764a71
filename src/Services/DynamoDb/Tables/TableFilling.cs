using Haneul.DynamoDb.Items;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.DynamoDb.Tables;

/// <summary>
/// Puts the items that were there before into a new index, and notes when they expire. Writers keep to the new index from the moment it is
/// in the record; this goes through the older items in small steps, each a decision of its own, and may begin again after a stop.
/// </summary>
internal sealed class TableFilling(TableStore tables, TableChanger changer)
{
    private const int Some = 200;

    public async ValueTask RunAsync(AccountId account, Region region, string name, CancellationToken cancel)
    {
        var table = tables.Find(account, region, name, fresh: true);
        if (table is null || (!table.Record.TtlFilling && !table.Record.Indexes.Any(index => index.Backfilling)))
        {
            return;
        }

        foreach (var partition in table.Partitions)
        {
            byte[]? position = [DynamoDbKeyspace.Items];
            while (position is not null)
            {
                cancel.ThrowIfCancellationRequested();
                var step = await partition.UpdateAsync((table, position), static (current, batch, state) => Step(current, batch, state.table, state.position));
                if (!step.Current)
                {
                    return;
                }

                position = step.Next;
            }
        }

        var done = table.Record;
        await changer.ChangeAsync(account, region, name, record => record.Id != done.Id || record.Epoch != done.Epoch
            ? record
            : record with { TtlFilling = false, Indexes = [.. record.Indexes.Select(index => index with { Backfilling = false })] });
    }

    private static (bool Current, byte[]? Next) Step(IPartitionReader current, Batch batch, Table table, byte[] position)
    {
        if (ItemWrite.Begin(current, batch, table) is not { } write)
        {
            return (false, null);
        }

        var count = 0;
        byte[]? last = null;
        foreach (var entry in current.Scan(KeyRange.Prefix([DynamoDbKeyspace.Items]).After(position), limit: Some))
        {
            var item = StoredItem.Read(entry.Value, out _);
            foreach (var index in table.Indexes.Where(index => index.Record.Backfilling))
            {
                write.Fill(index, item);
            }

            if (table.Record.TtlFilling)
            {
                write.FillExpiry(entry.Key, item);
            }

            if (++count == Some)
            {
                last = entry.Key.ToArray();
            }
        }

        write.End();
        return (true, last);
    }
}
