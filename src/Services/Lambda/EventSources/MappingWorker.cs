using Haneul.Integration;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Haneul.Storage;

namespace Haneul.Lambda.EventSources;

/// <summary>
/// Works for one mapping: a reader for each shard of the stream whose parent is finished. Until it is told to stop it never ends.
/// </summary>
internal sealed class MappingWorker(MappingServices services, IPartition partition, MappingRecord mapping, FunctionReference function)
{
    public const string Problem = "PROBLEM: Function call failed";

    private static readonly TimeSpan s_between = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Task> _readers = new(StringComparer.Ordinal);

    // Where shards begin whose older records are not wanted, until their first reader takes it.
    private readonly Dictionary<string, RecordPosition> _latest = new(StringComparer.Ordinal);

    // Readers may each issue one at the same time; either will do.
    private Issued? _issued;
    private string _state = mapping.State;

    public MappingServices Services => services;

    public MappingRecord Mapping => mapping;

    public FunctionReference Function => function;

    public IPartition Partition => partition;

    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            await GuardAsync(() => LookAsync(cancel), cancel);
            Task next = _readers.Count == 0 ? Task.Delay(s_between, services.Time, cancel) : Task.WhenAny(_readers.Values);
            await next.WaitAsync(s_between, services.Time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // They end when the function that runs has ended.
        await Task.WhenAll(_readers.Values);
    }

    /// <summary>Runs a step; what goes wrong is told, and a while passes before the next try.</summary>
    public async Task GuardAsync(Func<Task> step, CancellationToken cancel)
    {
        try
        {
            await step();
            return;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return;
        }
        catch (ServiceException exception)
        {
            Log.StreamUnreadable(services.Log, mapping.Id, exception.Error.Message);
            await MappingTable.SettleAsync(partition, mapping.Id, shard: "", checkpoint: null, "PROBLEM: " + exception.Error.Message);
        }
#pragma warning disable CA1031 // The top of a task.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.MappingFailed(services.Log, mapping.Id, exception);
        }

        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Who reads: the function's role.</summary>
    public async ValueTask<CallContext> ReaderAsync(CancellationToken cancel)
    {
        var role = FunctionTable.Find(partition, function).OrThrow().Role;
        if (_issued is not { } issued || issued.Role != role || issued.Credential?.Expires < services.Time.GetUtcNow().AddMinutes(5))
        {
            issued = new Issued(role, await services.Roles.IssueAsync(role, function, services.Roles.Context(function), cancel));
            _issued = issued;
        }

        return services.Roles.Context(function, issued.Credential);
    }

    public IRecordStreams Source() => services.Access.Find(mapping.EventSourceArn)
        ?? throw LambdaErrors.InvalidParameterValueException.With("The event source is not served.").ToException();

    private async Task LookAsync(CancellationToken cancel)
    {
        var source = Source();
        var shards = (await source.DescribeAsync(mapping.EventSourceArn, await ReaderAsync(cancel), cancel)).OrThrow().Shards;
        if (_state != MappingStates.Enabled)
        {
            await EnableAsync(shards, cancel);
        }

        await MappingTable.TrimAsync(partition, mapping.Id, [.. shards.Select(shard => shard.Id)]);
        foreach (var ended in _readers.Where(reader => reader.Value.IsCompleted).Select(reader => reader.Key).ToArray())
        {
            _readers.Remove(ended);
        }

        var known = shards.Select(shard => shard.Id).ToHashSet();
        foreach (var shard in shards)
        {
            if (!_readers.ContainsKey(shard.Id) && !IsFinished(shard.Id)
                && (shard.Parent is null || !known.Contains(shard.Parent) || IsFinished(shard.Parent)))
            {
                var reader = new ShardReader(this, shard.Id, _latest.Remove(shard.Id, out var latest) ? latest : null);
                _readers[shard.Id] = Task.Run(() => GuardAsync(() => reader.RunAsync(cancel), cancel), CancellationToken.None);
            }
        }
    }

    // Where LATEST is becomes known once: shards that come later are read from their beginning.
    private async Task EnableAsync(IReadOnlyList<RecordShard> shards, CancellationToken cancel)
    {
        var now = services.Time.GetUtcNow();

        // Records tell the second they were made in.
        var since = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        Dictionary<string, ShardCheckpoint>? begins = null;
        if (mapping is { State: MappingStates.Creating, StartingPosition: EventSourcePosition.Latest })
        {
            begins = shards.ToDictionary(
                shard => shard.Id, shard => shard.Closed ? new ShardCheckpoint { Finished = true } : new ShardCheckpoint { Since = since });
            foreach (var shard in shards.Where(shard => !shard.Closed))
            {
                var opened = await Source().OpenAsync(
                    mapping.EventSourceArn, shard.Id, RecordStart.Latest, await ReaderAsync(cancel), cancel);
                _latest[shard.Id] = opened.OrThrow();
            }
        }

        await MappingTable.MoveAsync(partition, mapping, MappingStates.Enabled, now, begins);
        _state = MappingStates.Enabled;
    }

    private bool IsFinished(string shard) => MappingTable.Checkpoint(partition, mapping.Id, shard) is { Finished: true };

    private sealed record Issued(string Role, Credential? Credential);
}
