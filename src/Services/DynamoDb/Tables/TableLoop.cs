using Haneul.Kernel.Identity;
using Haneul.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Haneul.DynamoDb.Tables;

/// <summary>
/// Does what is due without anybody asking: takes deleted tables away. Everything it does is decided by what is stored, so that a
/// stop in the middle costs nothing but time.
/// </summary>
internal sealed class TableLoop(
    TableStore tables, TableRemoval removal, DynamoDbOptions options, TimeProvider time, ILogger<TableLoop> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        tables.Discover();
        using var timer = new PeriodicTimer(options.ExpiryInterval, time);
        try
        {
            do
            {
                await RunOnceAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
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
                    await RunAsync(account, region, record);
                }
                catch (StorageException exception)
                {
                    Log.LoopFailed(log, record.Name, exception);
                }
            }
        }
    }

    private async Task RunAsync(AccountId account, Region region, TableRecord record)
    {
        if (record.GoneAt <= tables.Now)
        {
            await removal.RemoveAsync(account, region, record);
        }
    }
}
