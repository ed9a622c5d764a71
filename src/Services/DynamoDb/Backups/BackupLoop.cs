using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.Streams;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;
using Haneul.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Haneul.DynamoDb.Backups;

/// <summary>
/// Copies items into backups and restored tables, and forgets what no restore can ask for any more. What is to be done is what the records
/// say; a copy that was stopped begins again.
/// </summary>
internal sealed class BackupLoop(
    TableStore tables,
    TableChanger changer,
    BackupTable backups,
    BackupWork work,
    DynamoDbOptions options,
    TimeProvider time,
    ILogger<BackupLoop> log)
    : BackgroundService
{
    // Rounds do not overlap, whoever asks for one.
    private readonly SemaphoreSlim _one = new(1);

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await tables.DiscoverAsync();
            while (true)
            {
                var seen = work.Signal.Version;
                await RunOnceAsync(stoppingToken);
                await work.Signal.WaitAsync(seen, options.ExpiryInterval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The cloud stops.
        }
    }

    /// <summary>One round over all backups and tables.</summary>
    public async Task RunOnceAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            foreach (var (account, region) in tables.Catalogs)
            {
                await RunAsync(account, region, cancel);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task RunAsync(AccountId account, Region region, CancellationToken cancel)
    {
        foreach (var backup in BackupTable.All(tables.CatalogOf(account, region)))
        {
            await TryAsync(backup.Name, backup.Available ? ExpireAsync(account, region, backup) : FillAsync(account, region, backup, cancel));
        }

        foreach (var record in tables.Records(account, region))
        {
            if (record.Restore is { InProgress: true } restore)
            {
                await TryAsync(record.Name, RestoreAsync(account, region, record, restore, cancel));
            }
        }

        var records = tables.Records(account, region);
        foreach (var record in records)
        {
            await TryAsync(record.Name, ForgetAsync(account, region, record, records));
        }
    }

    private async ValueTask TryAsync(string name, ValueTask step)
    {
        try
        {
            await step;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.BackupFailed(log, name, exception);
        }
    }

    // The items of a table as they were when the backup was asked for.
    private async ValueTask FillAsync(AccountId account, Region region, BackupRecord backup, CancellationToken cancel)
    {
        var source = tables.PartitionsOf(account, region, backup.Table.Id, backup.Table.Partitions);
        var target = tables.PartitionsOf(account, region, backup.StorageId, backup.Table.Partitions);
        for (var i = 0; i < source.Length; i++)
        {
            var partition = target[i];
            await ItemCopy.RunAsync(source[i], backup.AsOf, page => KeepAsync(partition, page), cancel);
        }

        await changer.ChangeEpochAsync(
            account,
            region,
            backup.Table,
            record => record with { Copying = [.. (record.Copying ?? []).Where(id => id != backup.Id)] },
            note: (catalog, _) => catalog.Put(backup.Key, (backup with { Available = true }).Encode()));
        Log.BackedUp(log, backup.Name, backup.Table.Name, backup.Items);
    }

    private static async ValueTask KeepAsync(IPartition partition, IReadOnlyCollection<KeyValuePair<byte[], byte[]>> page)
    {
        var batch = new Batch();
        foreach (var (key, stored) in page)
        {
            if (stored.Length > 0)
            {
                batch.Put(key, stored);
            }
            else
            {
                batch.Delete(key);
            }
        }

        await partition.CommitAsync(batch);
    }

    private async ValueTask RestoreAsync(AccountId account, Region region, TableRecord record, RestoreRecord restore, CancellationToken cancel)
    {
        var source = tables.PartitionsOf(account, region, restore.SourceId, record.Partitions);
        var target = tables.Make(account, region, record);
        for (var i = 0; i < source.Length; i++)
        {
            var partition = target.Partitions[i];
            await ItemCopy.RunAsync(source[i], restore.AsOf, page => PutAsync(target, partition, page), cancel);
        }

        await changer.ChangeAsync(account, region, record.Name, current => current.Id != record.Id
            ? current
            : current with { ReadyAt = TableRecord.Ready, Restore = restore with { InProgress = false } });
        Log.Restored(log, record.Name);
    }

    private static async ValueTask PutAsync(Table table, IPartition partition, IReadOnlyCollection<KeyValuePair<byte[], byte[]>> page) =>
        await partition.UpdateAsync((table, page), static (current, batch, call) =>
        {
            if (ItemWrite.Begin(current, batch, call.table) is not { } write)
            {
                return false;
            }

            foreach (var (key, stored) in call.page)
            {
                using var there = write.Get(key);
                var oldSize = 0;
                var old = there.Exists ? StoredItem.Read(there.Span, out oldSize) : default;
                if (stored.Length == 0)
                {
                    write.Delete(key, old, oldSize, units: null);
                }
                else
                {
                    var item = StoredItem.Read(stored, out var size);
                    write.Put(key, old, oldSize, item, size, units: null);
                }
            }

            write.End();
            return true;
        });

    // The past of a table, as far as neither its recovery period nor a restore under way reaches.
    private async ValueTask ForgetAsync(AccountId account, Region region, TableRecord record, IReadOnlyList<TableRecord> records)
    {
        if (record.Copying is { Count: > 0 })
        {
            return;
        }

        var least = record.Recovery is { } recovery ? StreamSequence.NumberOf(recovery.Earliest(tables.Now)) : ulong.MaxValue;
        foreach (var restore in records.Select(other => other.Restore))
        {
            if (restore is { InProgress: true, AsOf: { } asOf } && restore.SourceId == record.Id)
            {
                least = Math.Min(least, asOf);
            }
        }

        var end = DynamoDbKeyspace.Undo(least);
        foreach (var partition in tables.PartitionsOf(account, region, record.Id, record.Partitions))
        {
            await partition.ForgetAsync(DynamoDbKeyspace.Undos, end);
        }
    }

    private async ValueTask ExpireAsync(AccountId account, Region region, BackupRecord backup)
    {
        if (backup.Expires <= tables.Now)
        {
            await backups.TryRemoveAsync(account, region, backup);
        }
    }
}
