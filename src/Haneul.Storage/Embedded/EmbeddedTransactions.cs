using Haneul.Storage.Transactions;

namespace Haneul.Storage.Embedded;

/// <summary>Transactions inside one process: latches in order, one atomic write, one wait for durability.</summary>
internal sealed class EmbeddedTransactions(EmbeddedStore store) : ITransactionCoordinator
{
    public IStoreSnapshot Snapshot() => new StoreSnapshot(store.Engine, store.Engine.Snapshot());

    public ValueTask<TransactionResult> CommitAsync(Transaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return CommitAsync(
            [.. transaction.Batches.Keys],
            transaction,
            writes: [.. transaction.Batches.Select(pair => new PartitionWrite(PartitionHead.Of(pair.Key), pair.Value))],
            static (transaction, participants, writes, engine) =>
            {
                for (var i = 0; i < writes.Length; i++)
                {
                    var reader = new EngineReader(engine, writes[i].Head, at: null);
                    if (Conditions.FirstFailed(reader, writes[i].Batch) is var failed and >= 0)
                    {
                        return (false, new TransactionResult(participants[i], failed));
                    }
                }

                return (true, TransactionResult.Done);
            });
    }

    public ValueTask<TResult> UpdateAsync<TState, TResult>(
        IReadOnlyCollection<PartitionId> participants, TState state, TransactionDecision<TState, TResult> decide)
    {
        ArgumentNullException.ThrowIfNull(participants);
        ArgumentNullException.ThrowIfNull(decide);
        PartitionId[] ids = [.. participants.Distinct()];
        return CommitAsync(
            ids,
            (state, decide),
            writes: [.. ids.Select(id => new PartitionWrite(PartitionHead.Of(id), new Batch()))],
            static (work, participants, writes, engine) =>
            {
                var result = work.decide(new Context(participants, writes, engine), work.state);
                foreach (var write in writes)
                {
                    BatchPool.RefuseConditions(write.Batch);
                }

                return (true, result);
            });
    }

    private async ValueTask<TResult> CommitAsync<TState, TResult>(
        PartitionId[] participants,
        TState state,
        PartitionWrite[] writes,
        Func<TState, PartitionId[], PartitionWrite[], EmbeddedEngine, (bool Commit, TResult Result)> decide)
    {
        int[] latches = [.. participants.Select(Latches.IndexOf).Distinct().Order()];
        TResult result;
        bool wrote;
        using (store.Latches.Enter(latches))
        {
            (wrote, result) = decide(state, participants, writes, store.Engine);
            wrote = wrote && Array.Exists(writes, write => write.Batch.Count > 0);
            if (wrote)
            {
                store.Engine.Apply(writes);
            }
        }

        if (wrote)
        {
            await store.Engine.PersistAsync().ConfigureAwait(false);
            for (var i = 0; i < participants.Length; i++)
            {
                if (writes[i].Batch.Count > 0)
                {
                    store.Signals.Pulse(participants[i]);
                }
            }
        }

        return result;
    }

    private sealed class Context(PartitionId[] participants, PartitionWrite[] writes, EmbeddedEngine engine) : ITransactionContext
    {
        public IPartitionReader Read(PartitionId participant) => new EngineReader(engine, writes[IndexOf(participant)].Head, at: null);

        public Batch Write(PartitionId participant) => writes[IndexOf(participant)].Batch;

        private int IndexOf(PartitionId participant)
        {
            var index = Array.IndexOf(participants, participant);
            return index >= 0
                ? index
                : throw new ArgumentException($"Partition {participant} was not named as a participant.", nameof(participant));
        }
    }

    private sealed class StoreSnapshot(EmbeddedEngine engine, EngineSnapshot at) : IStoreSnapshot
    {
        public IPartitionReader Partition(PartitionId id) => new EngineReader(engine, PartitionHead.Of(id), at);

        public void Dispose() => at.Dispose();
    }
}
