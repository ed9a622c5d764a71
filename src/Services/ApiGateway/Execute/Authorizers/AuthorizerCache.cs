namespace Haneul.ApiGateway.Execute.Authorizers;

/// <summary>
/// Answers of authorizers by identity, the least recently used first to go. What was asked before a flush does not come in after it.
/// </summary>
internal sealed class AuthorizerCache(TimeProvider time)
{
    /// <summary>An answer has at most 8 KB, so that a full cache holds some tens of megabytes.</summary>
    internal const int MaxEntries = 8192;

    // Guards all fields. Held for lookups only, never while a function is asked.
    private readonly Lock _lock = new();
    private readonly Dictionary<AuthorizerCacheKey, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _order = [];
    private long _flushes;

    /// <summary>Where the cache stands; given back when the answer has come.</summary>
    public long Flushes
    {
        get
        {
            lock (_lock)
            {
                return _flushes;
            }
        }
    }

    public LambdaAnswer? Find(AuthorizerCacheKey key)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var node))
            {
                return null;
            }

            _order.Remove(node);
            if (node.Value.Expires <= now)
            {
                _entries.Remove(key);
                return null;
            }

            _order.AddLast(node);
            return node.Value.Answer;
        }
    }

    public void Put(AuthorizerCacheKey key, LambdaAnswer answer, TimeSpan ttl, long flushes)
    {
        var node = new LinkedListNode<Entry>(new Entry(key, answer, time.GetUtcNow() + ttl));
        lock (_lock)
        {
            if (flushes != _flushes)
            {
                return;
            }

            if (_entries.Remove(key, out var old))
            {
                _order.Remove(old);
            }
            else if (_entries.Count >= MaxEntries)
            {
                _entries.Remove(_order.First!.Value.Key);
                _order.RemoveFirst();
            }

            _entries[key] = node;
            _order.AddLast(node);
        }
    }

    /// <summary>Forgets what authorizers answered for a stage, or for all stages of the API.</summary>
    public void Flush(string apiId, string? stage)
    {
        lock (_lock)
        {
            _flushes++;
            foreach (var key in _entries.Keys.Where(key => key.ApiId == apiId && (stage is null || key.Stage == stage)).ToList())
            {
                _order.Remove(_entries[key]);
                _entries.Remove(key);
            }
        }
    }

    private readonly record struct Entry(AuthorizerCacheKey Key, LambdaAnswer Answer, DateTimeOffset Expires);
}

/// <param name="ApiId">The API.</param>
/// <param name="Stage">Stages have caches of their own.</param>
/// <param name="Authorizer">Its id and settings: a changed authorizer is another one.</param>
/// <param name="Identity">The values of its identity sources, each with its length, so that no two requests share one by accident.</param>
internal readonly record struct AuthorizerCacheKey(string ApiId, string Stage, string Authorizer, string Identity);
