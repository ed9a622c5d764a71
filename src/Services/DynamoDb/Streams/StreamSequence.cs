using Haneul.DynamoDb.Items;
using Haneul.Storage;

namespace Haneul.DynamoDb.Streams;

/// <summary>
/// Numbers a table's changes over all of its partitions: microseconds since 1970, or one more than the last number if that is not above it.
/// A number is taken inside of a partition's decision, so that with all partitions held still every number given so far is written.
/// </summary>
internal sealed class StreamSequence(IPartition[] partitions, TimeProvider time)
{
    private readonly Lock _lock = new();
    private ulong _last;

    /// <summary>The next number.</summary>
    public ulong Next()
    {
        var now = (ulong)Math.Max(0, (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        lock (_lock)
        {
            Load();
            return _last = Math.Max(_last + 1, now);
        }
    }

    /// <summary>The last number that was given.</summary>
    public ulong Last
    {
        get
        {
            lock (_lock)
            {
                Load();
                return _last;
            }
        }
    }

    // What a process before this one gave is in the partitions.
    private void Load()
    {
        if (_last != 0)
        {
            return;
        }

        _last = 1;
        foreach (var partition in partitions)
        {
            _last = Math.Max(_last, PartitionState.Read(partition).Sequence);
        }
    }
}
