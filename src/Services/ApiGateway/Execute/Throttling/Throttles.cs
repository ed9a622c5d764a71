using System.Collections.Concurrent;

namespace Haneul.ApiGateway.Execute.Throttling;

/// <summary>The limits of all APIs of this process. A limit that was changed begins with a full bucket.</summary>
internal sealed class Throttles(TimeProvider time, ApiGatewayOptions options)
{
    /// <summary>
    /// Of an account in a region, over all its APIs.
    /// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html#apigateway-account-level-limits-table"/>
    /// </summary>
    public const double AccountRate = 10_000;

    public const double AccountBurst = 5_000;

    private const int MaxBuckets = 100_000;

    private readonly ConcurrentDictionary<ThrottleKey, TokenBucket> _buckets = new();

    public int Count => _buckets.Count;

    /// <summary>The limit of the account, which counts for every request.</summary>
    public bool TryTakeOfAccount(string account, string region) =>
        TryTake(new ThrottleKey("account", account, region), options.AccountRate, options.AccountRate * (AccountBurst / AccountRate));

    /// <summary>Counts one request.</summary>
    /// <param name="key">What is limited.</param>
    /// <param name="rate">Requests in a second; negative for no limit.</param>
    /// <param name="burst">Requests at once; negative for no limit.</param>
    /// <returns>False when it is one too many.</returns>
    public bool TryTake(ThrottleKey key, double rate, double burst)
    {
        if (rate < 0 || burst < 0)
        {
            return true;
        }

        var now = time.GetUtcNow().UtcTicks;
        if (!_buckets.TryGetValue(key, out var bucket) || bucket.Rate != rate || bucket.Burst != burst)
        {
            Sweep(now);
            var made = new TokenBucket(rate, burst, now);
            bucket = _buckets.AddOrUpdate(key, made, (_, other) => other.Rate == rate && other.Burst == burst ? other : made);
        }

        return bucket.TryTake(now);
    }

    // Full buckets say nothing that a new one would not.
    private void Sweep(long now)
    {
        if (_buckets.Count < MaxBuckets)
        {
            return;
        }

        foreach (var (key, bucket) in _buckets)
        {
            if (bucket.IsFull(now))
            {
                _buckets.TryRemove(key, out _);
            }
        }
    }
}

/// <param name="Kind">What kind of limit it is, such as <c>method</c>.</param>
/// <param name="Owner">Such as API and stage.</param>
/// <param name="Part">What of it, such as a route.</param>
internal readonly record struct ThrottleKey(string Kind, string Owner, string Part);
