using Haneul.Storage;

namespace Haneul.DynamoDb.Backups;

/// <summary>
/// Copies the items of a partition as they were at one moment, while writers go on. First every item as it is when its turn comes, then
/// what changed since the moment is turned back, from the newest change to the oldest: whatever the first pass caught of an item, the last
/// word has the oldest change after the moment, and an item without one was the same all along. It may begin again at any time.
/// </summary>
internal static class ItemCopy
{
    private const int Some = 200;
    private const int SomeBytes = 1 << 20;

    /// <param name="source">Where the items are.</param>
    /// <param name="asOf">The number of the last change that is wanted; null if nothing changes any more.</param>
    /// <param name="write">Puts items into the copy, or takes them out again; no key comes twice in one call.</param>
    /// <param name="cancel">Ends the copy between two steps.</param>
    public static async ValueTask RunAsync(
        IPartition source, ulong? asOf, Func<IReadOnlyCollection<KeyValuePair<byte[], byte[]>>, ValueTask> write, CancellationToken cancel)
    {
        byte[]? position = [DynamoDbKeyspace.Items];
        while (position is not null)
        {
            cancel.ThrowIfCancellationRequested();
            var page = Items(source, position, out position);
            await write(page);
        }

        if (asOf is not { } last)
        {
            return;
        }

        var upper = DynamoDbKeyspace.Undo(ulong.MaxValue);
        var lower = DynamoDbKeyspace.Undo(last);
        while (upper is not null)
        {
            cancel.ThrowIfCancellationRequested();
            var page = Changes(source, lower, upper, out upper);
            await write(page);
        }
    }

    private static List<KeyValuePair<byte[], byte[]>> Items(IPartition source, byte[] after, out byte[]? position)
    {
        var page = new List<KeyValuePair<byte[], byte[]>>();
        var bytes = 0;
        position = null;
        foreach (var entry in source.Scan(KeyRange.Prefix([DynamoDbKeyspace.Items]).After(after), limit: Some))
        {
            page.Add(new(entry.Key.ToArray(), entry.Value.ToArray()));
            bytes += entry.Value.Length;
            if (page.Count == Some || bytes >= SomeBytes)
            {
                position = page[^1].Key;
                break;
            }
        }

        return page;
    }

    // An older change of the same item takes the place of a newer one.
    private static Dictionary<byte[], byte[]> Changes(IPartition source, byte[] lower, byte[] before, out byte[]? position)
    {
        var page = new Dictionary<byte[], byte[]>(ByteComparer.Instance);
        var bytes = 0;
        var count = 0;
        position = null;
        foreach (var entry in source.Scan(KeyRange.All.After(lower).Before(before), ScanOrder.Descending, limit: Some))
        {
            var stored = UndoRecord.Read(entry.Value, out var key);
            page[key.ToArray()] = stored.ToArray();
            bytes += stored.Length;
            if (++count == Some || bytes >= SomeBytes)
            {
                position = entry.Key.ToArray();
                break;
            }
        }

        return page;
    }

    private sealed class ByteComparer : IEqualityComparer<byte[]>
    {
        public static ByteComparer Instance { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj)
        {
            var hash = new HashCode();
            hash.AddBytes(obj);
            return hash.ToHashCode();
        }
    }
}
