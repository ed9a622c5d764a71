using System.Globalization;

namespace Haneul.ApiGateway.Rest.Execute.Caching;

/// <summary>The cache of one stage: answers by key, the least recently used first to go when its memory is full.</summary>
/// <param name="capacity">In bytes.</param>
internal sealed class StageCache(long capacity)
{
    /// <summary>
    /// In bytes. <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html"/>
    /// </summary>
    public const int MaxAnswer = 1_048_576;

    // What an entry costs besides its body, about.
    private const int Overhead = 256;

    // Guards everything below. Held for lookups, never while something is encrypted or sent.
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _order = [];
    private long _bytes;

    public long Capacity => capacity;

    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                return _bytes;
            }
        }
    }

    /// <summary>The sizes that a stage's cache may have, in gigabytes, as bytes.</summary>
    public static long CapacityOf(string? size) =>
        (long)((decimal.TryParse(size, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var gigabytes) ? gigabytes : 0.5m) * 1_000_000_000m);

    public CachedAnswer? Find(string key, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var node))
            {
                return null;
            }

            if (node.Value.Expires <= now)
            {
                Remove(node);
                return null;
            }

            _order.Remove(node);
            _order.AddLast(node);
            return node.Value.Answer;
        }
    }

    public void Put(string key, CachedAnswer answer, DateTimeOffset expires)
    {
        var bytes = answer.Bytes + (key.Length * sizeof(char)) + Overhead;
        if (bytes > capacity)
        {
            return;
        }

        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var old))
            {
                Remove(old);
            }

            while (_bytes + bytes > capacity)
            {
                Remove(_order.First!);
            }

            _entries[key] = _order.AddLast(new Entry(key, answer, expires, bytes));
            _bytes += bytes;
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _order.Remove(node);
        _entries.Remove(node.Value.Key);
        _bytes -= node.Value.Bytes;
    }

    private sealed record Entry(string Key, CachedAnswer Answer, DateTimeOffset Expires, long Bytes);
}
