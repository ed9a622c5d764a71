using Haneul.Storage.Transactions;

namespace Haneul.Storage.Embedded;

/// <summary>A store over an engine inside the process.</summary>
internal sealed class EmbeddedStore : IStore
{
    public EmbeddedStore(EmbeddedEngine engine)
    {
        Engine = engine;
        Transactions = new EmbeddedTransactions(this);
    }

    public EmbeddedEngine Engine { get; }

    public Latches Latches { get; } = new();

    public SignalTable Signals { get; } = new();

    public ITransactionCoordinator Transactions { get; }

    public IPartition Partition(PartitionId id) => new EmbeddedPartition(this, id);

    public IEnumerable<PartitionId> Partitions(PartitionId under)
    {
        // No path begins with 0xFF, which is no byte of UTF-8: the end when nothing is asked for.
        byte[] end = under.Path.IsEmpty ? [0xFF] : KeyRange.SuccessorOf(under.Path, default);
        var lower = under.Path.ToArray();
        while (FirstOwner(lower, end) is { } id)
        {
            yield return id;
            lower = KeyRange.SuccessorOf(PartitionHead.Of(id), default);
        }
    }

    public ValueTask DisposeAsync() => Engine.DisposeAsync();

    private PartitionId? FirstOwner(byte[] lower, byte[] upper)
    {
        using var cursor = Engine.Scan(lower, upper, head: 0, ScanOrder.Ascending, limit: 1, at: null);
        return cursor.MoveNext() ? PartitionHead.OwnerOf(cursor.Key) : null;
    }
}
