using Haneul.DynamoDb.Expiry;
using Haneul.DynamoDb.Streams;
using Haneul.DynamoDb.Transactions;
using Haneul.Kernel.Identity;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Haneul.DynamoDb.Tables;

/// <summary>
/// Does what is due without anybody asking: takes deleted tables away, fills new indexes, deletes expired items, old stream records and
/// old tokens. Everything is decided by what is stored, so that a stop in the middle costs nothing but time.
/// </summary>
internal sealed class TableLoop(
    TableStore tables,
    TableRemoval removal,
    TableFilling filling,
    ExpirySweep expiry,
    StreamUpkeep streams,
    TransactionTokens tokens,
    TableWork work,
    DynamoDbOptions options,
    TimeProvider time,
    ILogger<TableLoop> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host starts what listens only when this has given the thread back.
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

    /// <summary>One round over all tables.</summary>
    public async Task RunOnceAsync(CancellationToken cancel)
    {
        foreach (var (account, region) in tables.Catalogs)
        {
            foreach (var record in tables.Records(account, region))
            {
                cancel.ThrowIfCancellationRequested();
                try
                {
                    await RunAsync(account, region, record, cancel);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    Log.LoopFailed(log, record.Name, exception);
                }
            }

            await streams.RunAsync(account, region, cancel);
            await tokens.ForgetOldAsync(account, region);
        }
    }

    private async Task RunAsync(AccountId account, Region region, TableRecord record, CancellationToken cancel)
    {
        if (record.GoneAt <= tables.Now)
        {
            await removal.RemoveAsync(account, region, record);
            return;
        }

        var table = tables.Make(account, region, record);
        table.Meters.Grow(record, TableDescriber.Sizes(table));
        await table.Meters.SaveAsync(tables.Now);
        if (record.TtlFilling || record.Indexes.Any(index => index.Backfilling))
        {
            await filling.RunAsync(account, region, record.Name, cancel);
        }

        if (record.TtlAttribute is not null)
        {
            await expiry.RunAsync(table, cancel);
        }
    }
}
