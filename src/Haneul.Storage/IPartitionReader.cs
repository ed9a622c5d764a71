namespace Haneul.Storage;

/// <summary>Reads the keys of one partition: the current ones, those of a snapshot, or those a decision is based on.</summary>
public interface IPartitionReader
{
    /// <summary>
    /// Looks one key up. The value lies in a pooled buffer or in the engine's memory: dispose it, and copy what must live longer.
    /// <code>using var item = partition.Get(key); if (item.Exists) { Decode(item.Span); }</code>
    /// </summary>
    /// <exception cref="StorageException">The engine cannot read, for example because a file is corrupt.</exception>
    StoredValue Get(scoped ReadOnlySpan<byte> key);

    /// <summary>
    /// Walks a range in key order. One scan sees one state: batches committed after it began are not in it.
    /// </summary>
    /// <param name="range">The keys wanted.</param>
    /// <param name="order">The direction.</param>
    /// <param name="limit">How many entries are wanted at most; engines also size their read-ahead by it.</param>
    Cursor Scan(KeyRange range, ScanOrder order = ScanOrder.Ascending, int limit = int.MaxValue);
}
