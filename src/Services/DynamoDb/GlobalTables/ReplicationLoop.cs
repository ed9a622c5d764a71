using Haneul.DynamoDb.Streams;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;
using Haneul.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Haneul.DynamoDb.GlobalTables;

/// <summary>
/// Keeps replicas alike: fills new ones, carries changes over, forgets what stands in place of items deleted long ago. Where each replica
/// has got to is stored with it, so that after a stop replication goes on where it was.
/// </summary>
internal sealed class ReplicationLoop(
    TableStore tables,
    ReplicaGroup group,
    Replicator replicator,
    ReplicationWork work,
    DynamoDbOptions options,
    TimeProvider time,
    ILogger<ReplicationLoop> log)
    : BackgroundService
{
    // Rounds do not overlap, whoever asks for one.
    private readonly SemaphoreSlim _one = new(1);
    private (long Stamp, IReadOnlyList<(AccountId Account, Region Region, Table Table)> Tables) _known = (-1, []);

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
                // Signals first, then a look: what comes in between wakes at once.
                List<(Signal, long)> signals = [(work.Signal, work.Signal.Version)];
                foreach (var partition in Tables().SelectMany(found => found.Table.Partitions))
                {
                    signals.Add((partition.Changes, partition.Changes.Version));
                }

                var young = await RunOnceAsync(stoppingToken);
                await signals.WaitAnyAsync(young ? options.ReplicationDelay : options.ExpiryInterval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The cloud stops.
        }
    }

    /// <summary>One round over all global tables.</summary>
    /// <returns>Whether something waits for the delay to be over.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            var young = false;
            foreach (var (account, region, table) in Tables())
            {
                try
                {
                    young |= await RunAsync(account, region, table, cancel);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    Log.ReplicationFailed(log, table.Name, region.Name, exception);
                }
            }

            return young;
        }
        finally
        {
            _one.Release();
        }
    }

    // Looked up again once something was committed to any catalogue.
    private IReadOnlyList<(AccountId Account, Region Region, Table Table)> Tables()
    {
        var catalogs = tables.Catalogs.ToList();
        var stamp = catalogs.Sum(catalog => tables.CatalogOf(catalog.Account, catalog.Region).Changes.Version) + catalogs.Count;
        if (_known.Stamp != stamp)
        {
            _known = (stamp,
            [
                .. from catalog in catalogs
                from record in tables.Records(catalog.Account, catalog.Region)
                where record is { Replicas.Count: > 0, GoneAt: null }
                select (catalog.Account, catalog.Region, tables.Make(catalog.Account, catalog.Region, record)),
            ]);
        }

        return _known.Tables;
    }

    private async ValueTask<bool> RunAsync(AccountId account, Region region, Table table, CancellationToken cancel)
    {
        var young = false;
        foreach (var replica in table.Record.Replicas!)
        {
            if (tables.Replica(account, table.Record, replica.Region) is not { } target)
            {
                continue;
            }

            if (target.Record.FilledFrom == region.Name && await Replicator.FillAsync(table, target, cancel))
            {
                await group.ActivateAsync(account, target.Record, replica.Region);
                target = tables.Replica(account, table.Record, replica.Region) ?? target;
            }

            young |= await replicator.RunAsync(table, region.Name, target, cancel);
        }

        foreach (var partition in table.Partitions)
        {
            await ForgetAsync(partition, tables.Now);
        }

        return young;
    }

    // What stands in place of a deleted item is of no use once no older change can come.
    private static async ValueTask ForgetAsync(IPartition partition, DateTimeOffset now)
    {
        const int Some = 200;
        var end = DynamoDbKeyspace.Tombstone(StreamSequence.NumberOf(now - StreamState.Kept), default);
        int count;
        do
        {
            count = await partition.UpdateAsync(end, static (current, batch, end) =>
            {
                var count = 0;
                foreach (var entry in current.Scan(KeyRange.Prefix([DynamoDbKeyspace.Tombstones]).Before(end), limit: Some))
                {
                    var key = DynamoDbKeyspace.VersionOfTombstone(entry.Key);
                    using var version = current.Get(key);
                    if (version.Exists && ItemVersion.Decode(version.Span, out var deleted).Number == DynamoDbKeyspace.NumberOf(entry.Key) && deleted)
                    {
                        batch.Delete(key);
                    }

                    batch.Delete(entry.Key);
                    count++;
                }

                return count;
            });
        }
        while (count == Some);
    }
}
