namespace Haneul.Storage.Embedded;

/// <summary>
/// What an engine inside the process has to be able to do: one ordered keyspace with atomic writes. Partitions, conditions,
/// latches and transactions are built above it, once for all engines.
/// </summary>
internal abstract class EmbeddedEngine : IAsyncDisposable
{
    public abstract StoredValue Get(scoped ReadOnlySpan<byte> key, EngineSnapshot? at);

    /// <summary>Walks from <paramref name="lower"/> to below <paramref name="upper"/>; keys lose their first <paramref name="head"/> bytes.</summary>
    public abstract Cursor Scan(byte[] lower, byte[] upper, int head, ScanOrder order, int limit, EngineSnapshot? at);

    public abstract EngineSnapshot Snapshot();

    /// <summary>Makes the batches visible, all or none. They are durable once <see cref="PersistAsync"/>, called afterwards, completes.</summary>
    public abstract void Apply(ReadOnlySpan<PartitionWrite> writes);

    /// <summary>Completes when everything applied before the call is durable; calls at the same time share one wait.</summary>
    public abstract ValueTask PersistAsync();

    public abstract ValueTask DisposeAsync();
}
