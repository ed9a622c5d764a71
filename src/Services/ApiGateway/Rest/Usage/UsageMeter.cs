using System.Collections.Concurrent;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Plans;

namespace Haneul.ApiGateway.Rest.Usage;

/// <summary>
/// Counts requests by plan, key and day, and refuses those beyond a quota. Counting costs no write: <see cref="UsageLoop"/> stores what has come
/// together once a second, all keys in one batch. So <c>kill -9</c> loses the counts of the last second at most (a quota then lets as many more
/// through); an orderly stop loses nothing.
/// </summary>
internal sealed class UsageMeter(RestTable apis, TimeProvider time) : IDisposable
{
    // Shared by all requests; the counters inside lock themselves.
    private readonly ConcurrentDictionary<UsageKey, Counter> _counters = new();
    private readonly SemaphoreSlim _flushing = new(1);

    /// <summary>Counts a request, unless the plan's quota is used up.</summary>
    /// <returns>Whether the request may go on.</returns>
    public ValueTask<bool> TakeAsync(string account, string region, UsagePlan plan, string keyId)
    {
        var today = Today();
        var key = new UsageKey(account, region, plan.Id!, keyId);
        var counter = _counters.GetOrAdd(key, static _ => new Counter());
        lock (counter)
        {
            var start = QuotaPeriod.Start(plan.Quota, today);
            if (counter.Start != start || !counter.Loaded)
            {
                // What is stored, and what waits to be.
                var stored = UsageTable.Sum(apis.Partition, key, start, today);
                counter.Used = stored.Used + counter.Waiting.Where(day => day.Key >= start).Sum(static day => day.Value);
                counter.Extra = stored.Extra;
                counter.Start = start;
                counter.Loaded = true;
            }

            if (plan.Quota?.Limit is { } limit && counter.Used >= limit + counter.Extra)
            {
                return new(false);
            }

            counter.Used++;
            counter.Waiting[today] = counter.Waiting.GetValueOrDefault(today) + 1;
            return new(true);
        }
    }

    /// <summary>Stores everything that was counted.</summary>
    public async ValueTask FlushAsync()
    {
        await _flushing.WaitAsync();
        try
        {
            var taken = new List<(UsageKey Key, Counter Counter, DateOnly Day, long Count)>();
            foreach (var (key, counter) in _counters)
            {
                lock (counter)
                {
                    taken.AddRange(counter.Waiting.Select(day => (key, counter, day.Key, day.Value)));
                }
            }

            if (taken.Count > 0)
            {
                await StoreAsync(taken);
            }
        }
        finally
        {
            _flushing.Release();
        }
    }

    /// <summary>A plan has changed: what its keys may do is looked up again.</summary>
    public void Forget(string planId)
    {
        foreach (var (key, counter) in _counters.Where(entry => entry.Key.Plan == planId))
        {
            lock (counter)
            {
                counter.Loaded = false;
            }
        }
    }

    /// <summary>A key is no longer in a plan: what was counted is not wanted.</summary>
    public void Drop(string planId, string keyId)
    {
        foreach (var key in _counters.Keys.Where(key => key.Plan == planId && key.Key == keyId))
        {
            _counters.TryRemove(key, out _);
        }
    }

    public void Dispose() => _flushing.Dispose();

    public DateOnly Today() => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private async ValueTask StoreAsync(List<(UsageKey Key, Counter Counter, DateOnly Day, long Count)> taken)
    {
        await apis.Partition.UpdateAsync(taken, static (current, batch, taken) =>
        {
            foreach (var (key, _, day, count) in taken)
            {
                // A key that has left its plan meanwhile is not counted any more.
                if (PlanTable.HasKey(current, key.Account, key.Region, key.Plan, key.Key))
                {
                    var stored = UsageTable.Read(current, key, day);
                    batch.Put(UsageTable.Key(key, day), (stored with { Used = stored.Used + count }).Encode());
                }
            }

            return true;
        });
        foreach (var (_, counter, day, count) in taken)
        {
            lock (counter)
            {
                var left = counter.Waiting[day] - count;
                if (left == 0)
                {
                    counter.Waiting.Remove(day);
                }
                else
                {
                    counter.Waiting[day] = left;
                }

                // Between the store and here the sum was both stored and waiting; who loaded it then counted it twice.
                counter.Loaded = false;
            }
        }
    }

    private sealed class Counter
    {
        public bool Loaded { get; set; }

        /// <summary>The first day of the period that <see cref="Used"/> is of.</summary>
        public DateOnly Start { get; set; }

        public long Used { get; set; }

        public long Extra { get; set; }

        /// <summary>Counted and not stored yet, by day.</summary>
        public SortedDictionary<DateOnly, long> Waiting { get; } = [];
    }
}
