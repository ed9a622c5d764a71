using Haneul.Lambda.Functions;
using Haneul.Lambda.Invocations;
using Haneul.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Haneul.Lambda.Events;

/// <summary>
/// Hands waiting events to their functions: again after one and two minutes if a function fails, and later and later while there is no place for it.
/// Events survive a restart; one that was under way then is delivered again.
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html"/>
/// </summary>
internal sealed class EventLoop(
    FunctionTable functions, EventQueue queue, EventDestinations destinations, Dispatcher dispatcher, ExecutionRoles roles, TimeProvider time, ILogger<EventLoop> log)
    : BackgroundService
{
    private const int MaxAtOnce = 100;
    private static readonly TimeSpan s_defaultAge = TimeSpan.FromHours(6);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_maxDelay = TimeSpan.FromMinutes(5);

    // Keys of events under way, which only the loop adds and their tasks take away.
    private readonly Lock _lock = new();
    private readonly HashSet<string> _underway = new(StringComparer.Ordinal);
    private readonly HashSet<Task> _tasks = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                var seen = queue.Arrivals.Version;
                var next = Deliver(stoppingToken);
                var wait = next is { } due ? due - time.GetUtcNow() : s_longestWait;
                await queue.Arrivals.WaitAsync(seen, wait < TimeSpan.Zero ? TimeSpan.Zero : wait < s_longestWait ? wait : s_longestWait, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // The top of a loop.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.EventsFailed(log, exception);
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        Task[] rest;
        lock (_lock)
        {
            rest = [.. _tasks];
        }

        await Task.WhenAll(rest).WaitAsync(TimeSpan.FromSeconds(2), TimeProvider.System, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Starts what is due; returns when the next event will be.
    private DateTimeOffset? Deliver(CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        DateTimeOffset? next = null;
        foreach (var id in functions.Store.Partitions(PartitionId.Of("lambda")))
        {
            var partition = functions.Store.Partition(id);
            var parts = id.Parts();
            foreach (var entry in partition.Scan(KeyRange.Prefix(LambdaKeyspace.Kind(LambdaKeyspace.Events))))
            {
                var due = EventRecord.DueOf(entry.Key);
                if (due > now)
                {
                    next = next is { } other && other < due ? other : due;
                    break;
                }

                var key = entry.Key.ToArray();
                var name = parts[1] + parts[2] + Convert.ToHexString(key);
                lock (_lock)
                {
                    if (_tasks.Count >= MaxAtOnce)
                    {
                        return next;
                    }

                    if (!_underway.Add(name))
                    {
                        continue;
                    }

                    var record = Stored.Decode(entry.Value, RecordJson.Default.EventRecord);
                    var reference = new FunctionReference(parts[1], parts[2], record.Function, record.Qualifier);
                    var task = Task.Run(() => DeliverAsync(partition, key, name, reference, record, stopping), CancellationToken.None);
                    _tasks.Add(task);
                    _ = task.ContinueWith(Done, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                }
            }
        }

        return next;
    }

    private void Done(Task task)
    {
        lock (_lock)
        {
            _tasks.Remove(task);
        }

        queue.Arrivals.Pulse();
    }

    private async Task DeliverAsync(
        IPartition partition, byte[] key, string name, FunctionReference reference, EventRecord record, CancellationToken stopping)
    {
        try
        {
            // The scan may be older than the end of an earlier delivery.
            if (partition.Contains(key))
            {
                await DeliverAsync(partition, key, reference, record, stopping);
            }
        }
#pragma warning disable CA1031 // The top of a task: the event stays and is tried again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.EventsFailed(log, exception);
            await queue.SettleAsync(partition, key, record with { Delays = record.Delays + 1 }, time.GetUtcNow() + Backoff(record.Delays));
        }
        finally
        {
            lock (_lock)
            {
                _underway.Remove(name);
            }
        }
    }

    private async Task DeliverAsync(
        IPartition partition, byte[] key, FunctionReference reference, EventRecord record, CancellationToken stopping)
    {
        var settings = EventConfigs.Find(partition, reference) ?? new EventSettings();
        var expires = record.Accepted + (settings.MaxAgeSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : s_defaultAge);
        var now = time.GetUtcNow();
        var found = dispatcher.Route(reference);
        if (!found.Succeeded)
        {
            // The function is gone, and its events with it.
            await queue.SettleAsync(partition, key, record, due: null);
            return;
        }

        if (now > expires)
        {
            await destinations.SendAsync(reference, found.Value, settings.OnFailure, record, "EventAgeExceeded", result: null);
            await queue.SettleAsync(partition, key, record, due: null);
            return;
        }

        var outcome = await dispatcher.RunAsync(reference, found.Value, record.ToInvocation(reference), roles.Context(reference));
        now = time.GetUtcNow();
        if (stopping.IsCancellationRequested && outcome.Value?.Result.FunctionError is not null)
        {
            // The cloud goes down and ended the function: the event stays as it was.
            return;
        }

        if (!outcome.Succeeded)
        {
            await queue.SettleAsync(partition, key, record with { Delays = record.Delays + 1 }, now + Backoff(record.Delays));
            return;
        }

        var tried = record with { Attempts = record.Attempts + 1 };
        var result = outcome.Value;
        if (result.Result.FunctionError is null)
        {
            await destinations.SendAsync(reference, found.Value, settings.OnSuccess, tried, "Success", result);
            await queue.SettleAsync(partition, key, tried, due: null);
            return;
        }

        var again = now + TimeSpan.FromMinutes(tried.Attempts);
        if (tried.Attempts > (settings.MaxRetries ?? 2))
        {
            await destinations.SendAsync(reference, found.Value, settings.OnFailure, tried, "RetriesExhausted", result);
            await queue.SettleAsync(partition, key, tried, due: null);
        }
        else if (again > expires)
        {
            await destinations.SendAsync(reference, found.Value, settings.OnFailure, tried, "EventAgeExceeded", result);
            await queue.SettleAsync(partition, key, tried, due: null);
        }
        else
        {
            await queue.SettleAsync(partition, key, tried, again);
        }
    }

    private static TimeSpan Backoff(int delays) => TimeSpan.FromSeconds(Math.Min(s_maxDelay.TotalSeconds, Math.Pow(2, Math.Min(delays, 10))));
}
