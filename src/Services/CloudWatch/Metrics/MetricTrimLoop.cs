using Haneul.Integration;
using Haneul.Integration.Metrics;
using Haneul.Storage;
using Microsoft.Extensions.Logging;

namespace Haneul.CloudWatch.Metrics;

/// <summary>
/// Makes points that are too old for their tier into points of the next one, and forgets those that are too old for any, and series without
/// points. Every step is one batch, so that a stop in the middle costs nothing but time.
/// </summary>
internal sealed class MetricTrimLoop(IStore store, TimeProvider time, ILogger<MetricTrimLoop> log)
    : UpkeepLoop(time, TimeSpan.FromMinutes(30))
{
    private const int StepPoints = 1_000;
    /// <summary>One round over all series.</summary>
    public override async Task RunOnceAsync(CancellationToken cancel)
    {
        foreach (var id in store.Partitions(CloudWatchKeyspace.Root))
        {
            var partition = store.Partition(id);
            byte[]? after = null;
            while (Next(partition, after) is { } series)
            {
                foreach (var tier in Tier.All)
                {
                    while (await StepAsync(partition, series.Record.Number, tier))
                    {
                        cancel.ThrowIfCancellationRequested();
                    }
                }

                await ForgetAsync(partition, series.Key);
                after = series.Key;
            }
        }
    }

    protected override void Failed(Exception exception) => Log.TrimFailed(log, exception);

    private static (byte[] Key, SeriesRecord Record)? Next(IPartition partition, byte[]? after)
    {
        var range = KeyRange.Prefix([CloudWatchKeyspace.Series]);
        foreach (var entry in partition.Scan(after is null ? range : range.After(after), limit: 1))
        {
            return (entry.Key.ToArray(), SeriesRecord.Decode(entry.Value));
        }

        return null;
    }

    /// <returns>Whether there may be more to do.</returns>
    private ValueTask<bool> StepAsync(IPartition partition, ulong series, Tier tier)
    {
        var cutoff = (uint)Math.Max(0, (Time.GetUtcNow() - tier.Kept).ToUnixTimeSeconds());
        var next = Tier.All.FirstOrDefault(other => other.Number == tier.Number + 1);

        // Whole points of the next tier move at once.
        cutoff = next?.Floor(cutoff) ?? cutoff;
        return partition.UpdateAsync((series, tier, next, cutoff), static (current, batch, step) =>
        {
            var range = KeyRange.Prefix(CloudWatchKeyspace.Point(step.series, step.tier.Number))
                .Before(CloudWatchKeyspace.Point(step.series, step.tier.Number, step.cutoff));
            var moved = new Dictionary<(uint Second, string Unit), MetricSummary>();
            var count = 0;
            foreach (var entry in current.Scan(range, limit: StepPoints))
            {
                if (++count > StepPoints)
                {
                    break;
                }

                batch.Delete(entry.Key);
                if (step.next is { } next)
                {
                    var (second, unit) = MetricTable.ReadPoint(entry.Key);
                    var target = (next.Floor(second), unit);
                    if (!moved.TryGetValue(target, out var values))
                    {
                        using var stored = current.Get(CloudWatchKeyspace.Point(step.series, next.Number, target.Item1, Units.Number(unit)));
                        moved[target] = values = stored.Exists ? PointRecord.Decode(stored.Span) : new MetricSummary(distribution: true);
                    }

                    values.Add(PointRecord.Decode(entry.Value));
                }
            }

            foreach (var (target, values) in moved)
            {
                var key = CloudWatchKeyspace.Point(step.series, step.next!.Number, target.Second, Units.Number(target.Unit));
                batch.Put(key, PointRecord.Encode(values));
            }

            return count >= StepPoints;
        });
    }

    // A series that reports again meanwhile has points, or is made anew by its report.
    private static ValueTask<bool> ForgetAsync(IPartition partition, byte[] key) =>
        partition.UpdateAsync(key, static (current, batch, key) =>
        {
            if (current.GetBytes(key) is { } record)
            {
                foreach (var _ in current.Scan(KeyRange.Prefix(CloudWatchKeyspace.Point(SeriesRecord.Decode(record).Number)), limit: 1))
                {
                    return false;
                }

                batch.Delete(key);
            }

            return true;
        });
}
