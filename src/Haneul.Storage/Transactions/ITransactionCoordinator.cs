namespace Haneul.Storage.Transactions;

/// <summary>
/// Commits to several partitions at once, all or none, in an order that every participant agrees on. The one place where
/// partitions meet: an embedded engine latches them in order and writes one batch, a distributed one runs two phases.
/// </summary>
public interface ITransactionCoordinator
{
    /// <summary>A view of all partitions at one point of the commit order. Dispose it soon.</summary>
    IStoreSnapshot Snapshot();

    /// <summary>Commits the batches of all participants if the conditions of all of them hold.</summary>
    /// <exception cref="StorageException">Nothing was acknowledged.</exception>
    ValueTask<TransactionResult> CommitAsync(Transaction transaction);

    /// <summary>
    /// Reads, decides and commits over the named partitions while nobody else commits to them. What holds for
    /// <see cref="IPartition.UpdateAsync"/> holds here: no waiting inside, no effects but the batches and the result.
    /// </summary>
    ValueTask<TResult> UpdateAsync<TState, TResult>(
        IReadOnlyCollection<PartitionId> participants, TState state, TransactionDecision<TState, TResult> decide);
}
