using System.Collections.Concurrent;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.Iam.Sts;

/// <summary>
/// Sessions, kept so that they outlive a restart, and for a month after they expire, so that their keys are known to be over and not taken for
/// unknown ones. Each new one takes a few old ones with it, so that no loop is needed.
/// </summary>
internal sealed class SessionTable(IStore store, TimeProvider time)
{
    private static readonly TimeSpan s_remembered = TimeSpan.FromDays(30);

    private const int Sweep = 8;
    private const int CacheSize = 16_384;

    // Sessions never change, so what is cached is never stale. Any thread.
    private readonly ConcurrentDictionary<string, Credential> _cache = new();
    private readonly IPartition _partition = store.Partition(IamKeyspace.Sts);

    public async ValueTask AddAsync(SessionRecord session)
    {
        var batch = new Batch();
        foreach (var entry in _partition.Scan(
            KeyRange.Prefix(IamKeyspace.Kind(IamKeyspace.SessionEnds)).Before(IamKeyspace.SessionEnd(time.GetUtcNow() - s_remembered, "")), limit: Sweep))
        {
            var key = new Haneul.Storage.Keys.KeyReader(entry.Key);
            key.ReadByte();
            key.ReadInt64();
            var id = key.ReadText();
            batch.Delete(entry.Key);
            batch.Delete(IamKeyspace.Named(IamKeyspace.Sessions, id));
            _cache.TryRemove(id, out _);
            if (batch.Count >= 2 * Sweep)
            {
                break;
            }
        }

        batch.Put(IamKeyspace.Named(IamKeyspace.Sessions, session.KeyId), IamJson.Encode(session, IamJson.Default.SessionRecord));
        batch.Put(IamKeyspace.SessionEnd(session.Expires, session.KeyId), []);
        await _partition.CommitAsync(batch);
    }

    public SessionRecord? Find(string keyId)
    {
        using var value = _partition.Get(IamKeyspace.Named(IamKeyspace.Sessions, keyId));
        return value.Exists ? IamJson.Decode(value.Span, IamJson.Default.SessionRecord) : null;
    }

    /// <summary>The credential; whoever uses it looks at its expiry.</summary>
    public Credential? FindCredential(string keyId)
    {
        if (_cache.TryGetValue(keyId, out var cached))
        {
            return cached;
        }

        if (Find(keyId)?.ToCredential() is not { } found)
        {
            return null;
        }

        if (_cache.Count >= CacheSize)
        {
            _cache.Clear();
        }

        return _cache[keyId] = found;
    }
}
