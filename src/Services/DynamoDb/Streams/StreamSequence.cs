using Haneul.DynamoDb.Items;
using Haneul.Storage;

namespace Haneul.DynamoDb.Streams;

/// <summary>
/// Numbers a table's changes over all of its partitions: microseconds since 1970, or one more than the last number if that is not above it.
/// A number is taken inside of a partition's decision: whoever has been inside of a partition after looking at <see cref="Last"/> finds
/// every number up to it written there.
/// </summary>
/// <param name="partitions">The table's partitions.</param>
/// <param name="floor">A number below all that are to be given, should nothing be stored yet and the clock have gone back since.</param>
/// <param name="time">The clock.</param>
internal sealed class StreamSequence(IPartition[] partitions, ulong floor, TimeProvider time)
{
    private ulong _last;
    private long _given;
    private (long Given, long At) _seen = (0, time.GetTimestamp());

    /// <summary>The next number.</summary>
    public ulong Next()
    {
        var now = NumberOf(time.GetUtcNow());
        Interlocked.Increment(ref _given);
        for (var last = Last; ;)
        {
            var next = Math.Max(last + 1, now);
            var seen = Interlocked.CompareExchange(ref _last, next, last);
            if (seen == last)
            {
                return next;
            }

            last = seen;
        }
    }

    /// <summary>The last number that was given.</summary>
    public ulong Last
    {
        get
        {
            var last = Volatile.Read(ref _last);
            return last != 0 ? last : Load();
        }
    }

    public static ulong NumberOf(DateTimeOffset time) =>
        (ulong)Math.Max(0, (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);

    public static DateTimeOffset TimeOf(ulong number) => DateTimeOffset.UnixEpoch.AddTicks((long)number * TimeSpan.TicksPerMicrosecond);

    /// <summary>How many numbers were given each second since this was last asked. One thread asks.</summary>
    public double TakeRate()
    {
        var (given, at) = (Volatile.Read(ref _given), time.GetTimestamp());
        var seconds = time.GetElapsedTime(_seen.At, at).TotalSeconds;
        var rate = (given - _seen.Given) / Math.Max(1, seconds);
        _seen = (given, at);
        return rate;
    }

    // What a process before this one gave is in the partitions.
    private ulong Load()
    {
        var last = Math.Max(1, floor);
        foreach (var partition in partitions)
        {
            last = Math.Max(last, PartitionState.Read(partition).Sequence);
        }

        var seen = Interlocked.CompareExchange(ref _last, last, 0);
        return seen == 0 ? last : seen;
    }
}
