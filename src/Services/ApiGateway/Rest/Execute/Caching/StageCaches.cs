using System.Collections.Concurrent;

namespace Haneul.ApiGateway.Rest.Execute.Caching;

/// <summary>The caches of all stages that have one.</summary>
internal sealed class StageCaches
{
    private readonly ConcurrentDictionary<(string Api, string Stage), StageCache> _caches = new();

    /// <summary>The cache of a stage; a new and empty one when its size was changed, as on AWS.</summary>
    public StageCache Of(string api, string stage, string? size)
    {
        var capacity = StageCache.CapacityOf(size);
        var cache = _caches.GetOrAdd((api, stage), static (_, bytes) => new StageCache(bytes), capacity);
        return cache.Capacity == capacity ? cache : _caches[(api, stage)] = new StageCache(capacity);
    }

    /// <summary>Forgets what a stage's cache holds; the stage may be gone.</summary>
    public void Flush(string api, string stage) => _caches.TryRemove((api, stage), out _);
}
