using Haneul.Storage;
using Microsoft.Extensions.Hosting;

namespace Haneul.Lambda.EventSources;

/// <summary>
/// Keeps one worker for each mapping that is enabled, and moves mappings from state to state. It sleeps until a mapping changes or a worker
/// ends.
/// </summary>
internal sealed class EventSourceLoop(MappingTable mappings, MappingServices services) : BackgroundService
{
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(10);

    // Only the loop itself touches them.
    private readonly Dictionary<string, Running> _workers = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var seen = mappings.Changes.Version;
                await LookAsync(stoppingToken);
                await mappings.Changes.WaitAsync(seen, s_longestWait, services.Time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // The top of a loop.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.MappingFailed(services.Log, "*", exception);
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Task.WhenAll(_workers.Values.Select(worker => worker.Task))
            .WaitAsync(TimeSpan.FromSeconds(2), TimeProvider.System, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        foreach (var id in mappings.Store.Partitions(PartitionId.Of("lambda")))
        {
            var partition = mappings.Store.Partition(id);
            var parts = id.Parts();
            foreach (var mapping in MappingTable.All(partition))
            {
                if (!await StoppedAsync(mapping))
                {
                    continue;
                }

                if (mapping.State == MappingStates.Deleting)
                {
                    await MappingTable.RemoveAsync(partition, mapping.Id);
                }
                else if (mapping.Enabled)
                {
                    Start(partition, parts[1], parts[2], mapping, stopping);
                }
                else if (mapping.State != MappingStates.Disabled)
                {
                    await MappingTable.MoveAsync(partition, mapping, MappingStates.Disabled, services.Time.GetUtcNow());
                }
            }
        }
    }

    // Whether nobody works for a mapping any more; who works for an older revision is told to stop and ends after the function that runs.
    private async ValueTask<bool> StoppedAsync(MappingRecord mapping)
    {
        if (!_workers.TryGetValue(mapping.Id, out var worker))
        {
            return true;
        }

        if (worker.Revision != mapping.Revision)
        {
            await worker.Stop.CancelAsync();
        }

        if (!worker.Task.IsCompleted)
        {
            return false;
        }

        worker.Stop.Dispose();
        return _workers.Remove(mapping.Id);
    }

    private void Start(IPartition partition, string account, string region, MappingRecord mapping, CancellationToken stopping)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var worker = new MappingWorker(services, partition, mapping, mapping.Reference(account, region));
        var task = Task.Run(() => worker.RunAsync(stop.Token), CancellationToken.None);
        _workers[mapping.Id] = new Running(task, stop, mapping.Revision);
        _ = task.ContinueWith(
            _ => mappings.Changes.Pulse(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private sealed record Running(Task Task, CancellationTokenSource Stop, int Revision);
}
