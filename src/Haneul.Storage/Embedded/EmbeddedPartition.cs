using System.Runtime.CompilerServices;

namespace Haneul.Storage.Embedded;

/// <summary>A partition of an engine inside the process.</summary>
internal sealed class EmbeddedPartition(EmbeddedStore store, PartitionId id)
    : EngineReader(store.Engine, PartitionHead.Of(id), at: null), IPartition
{
    private readonly int _latch = Latches.IndexOf(id);

    public PartitionId Id => id;

    public Signal Changes => store.Signals.Of(id);

    public IPartitionSnapshot Snapshot() => new EmbeddedPartitionSnapshot(store.Engine, Head, store.Engine.Snapshot());

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<CommitResult> CommitAsync(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        int failed;
        using (store.Latches.Enter(_latch))
        {
            failed = Conditions.FirstFailed(this, batch);
            if (failed < 0 && batch.Count > 0)
            {
                store.Engine.Apply([new PartitionWrite(Head, batch)]);
            }
        }

        if (failed >= 0)
        {
            return CommitResult.Failed(failed);
        }

        if (batch.Count > 0)
        {
            await FinishAsync().ConfigureAwait(false);
        }

        return CommitResult.Done;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<TResult> UpdateAsync<TState, TResult>(TState state, Decision<TState, TResult> decide)
    {
        ArgumentNullException.ThrowIfNull(decide);
        var batch = BatchPool.Rent();
        TResult result;
        bool wrote;
        try
        {
            using (store.Latches.Enter(_latch))
            {
                result = decide(this, batch, state);
                BatchPool.RefuseConditions(batch);
                wrote = batch.Count > 0;
                if (wrote)
                {
                    store.Engine.Apply([new PartitionWrite(Head, batch)]);
                }
            }
        }
        finally
        {
            BatchPool.Return(batch);
        }

        if (wrote)
        {
            await FinishAsync().ConfigureAwait(false);
        }

        return result;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FinishAsync()
    {
        await store.Engine.PersistAsync().ConfigureAwait(false);
        store.Signals.Pulse(id);
    }
}
