using System.Collections.Concurrent;

namespace Haneul.DynamoDb.Streams;

/// <summary>
/// Lets a shard be read ten times a second: five times by each of the two readers that AWS recommends at most. Measured by the machine's
/// stopwatch and in memory only: it protects the machine, not the data.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html"/>
/// </summary>
internal sealed class ReadThrottle(TimeProvider time, DynamoDbOptions options)
{
    public const int ReadsPerSecond = 10;

    private const int MaxShards = 10_000;

    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <returns>Whether the shard may be read now.</returns>
    public bool TryRead(string streamArn, string shardId)
    {
        if (!options.Throttling)
        {
            return true;
        }

        if (_buckets.Count > MaxShards)
        {
            _buckets.Clear();
        }

        return _buckets.GetOrAdd($"{streamArn}|{shardId}", static (_, time) => new Bucket(time), time).TryTake();
    }

    private sealed class Bucket(TimeProvider time)
    {
        private readonly Lock _lock = new();
        private double _left = ReadsPerSecond;
        private long _at = time.GetTimestamp();

        public bool TryTake()
        {
            lock (_lock)
            {
                var now = time.GetTimestamp();
                _left = Math.Min(ReadsPerSecond, _left + (time.GetElapsedTime(_at, now).TotalSeconds * ReadsPerSecond));
                _at = now;
                if (_left < 1)
                {
                    return false;
                }

                _left--;
                return true;
            }
        }
    }
}
