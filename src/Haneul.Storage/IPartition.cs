namespace Haneul.Storage;

/// <summary>An ordered map of byte keys to byte values with atomic batches: the unit of serial commits and of placement.</summary>
/// <remarks>
/// Commits take no cancellation token: once begun, a commit is finished. Writers of one partition share its latch only while
/// they read, decide and append; they wait for durability together, outside of it.
/// </remarks>
public interface IPartition : IPartitionReader
{
    PartitionId Id { get; }

    /// <summary>Pulsed after every durable commit to this partition.</summary>
    Signal Changes { get; }

    /// <summary>A consistent view of the partition as of now. It holds old data on disk while it lives: dispose it soon.</summary>
    IPartitionSnapshot Snapshot();

    /// <summary>
    /// Commits a batch if all of its conditions hold, atomically with checking them. The batch belongs to the store until the
    /// task completes; then it may be cleared and used again.
    /// </summary>
    /// <exception cref="StorageException">Nothing was acknowledged; see <see cref="StorageException.Failure"/>.</exception>
    ValueTask<CommitResult> CommitAsync(Batch batch);

    /// <summary>
    /// Reads, decides and commits in one step: <paramref name="decide"/> sees current values, and nothing else is committed to
    /// the partition until its batch is in. Leaving the batch empty writes nothing; so does throwing.
    /// </summary>
    /// <remarks>
    /// The decision runs under a latch: it computes and reads, it does not wait, and it commits nothing by other means. An
    /// optimistic engine may run it again, so it has no effect but its batch and its result. It reads the state before the batch.
    /// </remarks>
    ValueTask<TResult> UpdateAsync<TState, TResult>(TState state, Decision<TState, TResult> decide);
}
