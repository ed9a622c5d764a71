using Haneul.Storage.Embedded;

namespace Haneul.Storage.Memory;

/// <summary>Keeps everything in one immutable tree: a commit swaps the root, a snapshot keeps it.</summary>
internal sealed class MemoryEngine : EmbeddedEngine
{
    // Writers of different partitions build on each other's root; readers take whatever root is there.
    private readonly Lock _writing = new();
    private volatile OrderedTree? _root;
    private volatile bool _disposed;

    public override StoredValue Get(scoped ReadOnlySpan<byte> key, EngineSnapshot? at) =>
        OrderedTree.Find(RootAt(at), key) is { } value ? new StoredValue(value, rented: null) : default;

    public override Cursor Scan(byte[] lower, byte[] upper, int head, ScanOrder order, int limit, EngineSnapshot? at) =>
        new OrderedTreeCursor(RootAt(at), lower, upper, head, order, limit);

    public override EngineSnapshot Snapshot() => new RootSnapshot(RootAt(null));

    public override void Apply(ReadOnlySpan<PartitionWrite> writes)
    {
        lock (_writing)
        {
            var root = RootAt(null);
            foreach (var write in writes)
            {
                var operations = write.Batch.Operations;
                while (operations.MoveNext())
                {
                    root = Change(root, write.Head, operations);
                }
            }

            _root = root;
        }
    }

    public override ValueTask PersistAsync() => ValueTask.CompletedTask;

    public override ValueTask DisposeAsync()
    {
        _disposed = true;
        _root = null;
        return ValueTask.CompletedTask;
    }

    private static OrderedTree? Change(OrderedTree? root, byte[] head, BatchItems operation)
    {
        switch (operation.Kind)
        {
            case BatchKind.Put:
                return OrderedTree.Put(root, [.. head, .. operation.Key], operation.Value.ToArray());
            case BatchKind.Delete:
                using (var key = new EngineKey(head, operation.Key, stackalloc byte[256]))
                {
                    return OrderedTree.Remove(root, key.Span);
                }

            case BatchKind.DeleteRange:
                operation.Bound(head, out var lower, out var upper);
                return OrderedTree.RemoveRange(root, lower, upper);
            default:
                throw new InvalidOperationException("Not an operation.");
        }
    }

    private OrderedTree? RootAt(EngineSnapshot? at)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(IStore));
        return at is RootSnapshot snapshot ? snapshot.Root : _root;
    }

    private sealed class RootSnapshot(OrderedTree? root) : EngineSnapshot
    {
        public OrderedTree? Root { get; private set; } = root;

        public override void Dispose() => Root = null;
    }
}
