namespace Haneul.Storage.Embedded;

/// <summary>Reads one partition of an engine, now or at a snapshot.</summary>
internal class EngineReader(EmbeddedEngine engine, byte[] head, EngineSnapshot? at) : IPartitionReader
{
    protected byte[] Head => head;

    protected EngineSnapshot? At => at;

    public StoredValue Get(scoped ReadOnlySpan<byte> key)
    {
        using var full = new EngineKey(head, key, stackalloc byte[256]);
        return engine.Get(full.Span, at);
    }

    public Cursor Scan(KeyRange range, ScanOrder order = ScanOrder.Ascending, int limit = int.MaxValue)
    {
        range.Bound(head, out var lower, out var upper);
        return engine.Scan(lower, upper, head.Length, order, limit, at);
    }
}
