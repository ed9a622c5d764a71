using Haneul.DynamoDb.Metrics;
using Haneul.DynamoDb.Tables;
using Haneul.Storage;

namespace Haneul.DynamoDb.Throttling;

/// <summary>
/// The meters of a table and its global indexes, which live as long as the table, whatever becomes of its record. What the peaks of
/// tables on demand were is kept in the table's first partition.
/// </summary>
/// <param name="arn">The table.</param>
/// <param name="home">Where peaks are stored.</param>
/// <param name="time">The stopwatch and the clock.</param>
/// <param name="limited">Whether anything is refused at all.</param>
/// <param name="metrics">Where it is reported.</param>
internal sealed class TableMeters(string arn, IPartition home, TimeProvider time, bool limited, TableMetrics metrics)
{
    /// <summary>A partition holds this much at most.</summary>
    private const long RangeBytes = 10L << 30;

    private readonly Lock _lock = new();
    private readonly Dictionary<byte, Pair> _pairs = [];

    public TableMetrics Metrics => metrics;

    /// <summary>The meters of the table, by number 0, or of a global index.</summary>
    public Pair Of(byte number, string? index)
    {
        lock (_lock)
        {
            if (!_pairs.TryGetValue(number, out var pair))
            {
                pair = new Pair(Make(number, index, write: false), Make(number, index, write: true));
                _pairs.Add(number, pair);
            }

            return pair;
        }
    }

    /// <summary>Holds the meters to what the table's record says.</summary>
    public void Configure(TableRecord record)
    {
        Configure(Of(0, null), record.PayPerRequest, record.Throughput, record.WarmOf(), record.OnDemand);
        foreach (var index in record.Indexes)
        {
            if (!index.Local)
            {
                Configure(Of(index.Number, index.Name), record.PayPerRequest, index.Throughput, index.WarmOf(record.PayPerRequest), index.OnDemand);
            }
        }
    }

    /// <summary>What a table is ready for: what was noted, and what its traffic has made of it since.</summary>
    public UnitsRecord Warm(TableRecord table) => Warm(Of(0, null), table.WarmOf(), table.PayPerRequest);

    /// <inheritdoc cref="Warm(TableRecord)"/>
    public UnitsRecord Warm(IndexRecord index, bool payPerRequest) => Warm(Of(index.Number, index.Name), index.WarmOf(payPerRequest), payPerRequest);

    /// <summary>Spreads a table and its indexes over as many partitions as their sizes take.</summary>
    public void Grow(TableRecord record, Func<byte, (long Items, long Bytes)> sizes)
    {
        Of(0, null).Grow((sizes(0).Bytes + RangeBytes - 1) / RangeBytes);
        foreach (var index in record.Indexes)
        {
            if (!index.Local)
            {
                Of(index.Number, index.Name).Grow((sizes(index.Number).Bytes + RangeBytes - 1) / RangeBytes);
            }
        }
    }

    /// <summary>Reports what the table and its indexes are provisioned with, or limited to on demand.</summary>
    public void Measure(TableRecord record)
    {
        Of(0, null).Measure(record.PayPerRequest, record.Throughput, record.OnDemand);
        foreach (var index in record.Indexes)
        {
            if (!index.Local)
            {
                Of(index.Number, index.Name).Measure(record.PayPerRequest, index.Throughput, index.OnDemand);
            }
        }
    }

    /// <summary>Stores the peaks that have grown.</summary>
    public async ValueTask SaveAsync(DateTimeOffset now)
    {
        (byte Number, Pair Pair)[] pairs;
        lock (_lock)
        {
            pairs = [.. _pairs.Select(pair => (pair.Key, pair.Value))];
        }

        foreach (var (number, pair) in pairs)
        {
            await SaveAsync(number, pair.Reads, write: false, now);
            await SaveAsync(number, pair.Writes, write: true, now);
        }
    }

    private async ValueTask SaveAsync(byte number, Meter meter, bool write, DateTimeOffset now)
    {
        if (meter.Unsaved(now) is not { } peak)
        {
            return;
        }

        var batch = new Batch();
        batch.Put(DynamoDbKeyspace.Peak(number, write), peak.Encode());
        await home.CommitAsync(batch);
        meter.Saved(peak);
    }

    private Meter Make(byte number, string? index, bool write)
    {
        using var stored = home.Get(DynamoDbKeyspace.Peak(number, write));
        var peak = stored.Exists ? Peak.Decode(stored.Span) : new Peak(0, 0, time.GetUtcNow());
        var view = index is null ? new MeteredView(arn, IsIndex: false) : new MeteredView($"{arn}/index/{index}", IsIndex: true);
        return new Meter(time, view, write, peak, new MeterMetrics(metrics, index, write));
    }

    private void Configure(Pair pair, bool payPerRequest, ThroughputRecord throughput, UnitsRecord warm, UnitsRecord? maximum)
    {
        var ranges = Math.Max(Ranges(warm.Read ?? 0, write: false), Ranges(warm.Write ?? 0, write: true));
        pair.Reads.Configure(limited ? new MeterPlan(payPerRequest ? null : throughput.Read, warm.Read ?? 0, maximum?.Read, ranges) : null);
        pair.Writes.Configure(limited ? new MeterPlan(payPerRequest ? null : throughput.Write, warm.Write ?? 0, maximum?.Write, ranges) : null);
    }

    private static UnitsRecord Warm(Pair pair, UnitsRecord noted, bool payPerRequest) => payPerRequest
        ? new UnitsRecord(Math.Max(noted.Read ?? 0, pair.Reads.Capacity), Math.Max(noted.Write ?? 0, pair.Writes.Capacity))
        : noted;

    private static long Ranges(long units, bool write) => (units + Meter.PerRange(write) - 1) / Meter.PerRange(write);

    /// <param name="Reads">Counts reads.</param>
    /// <param name="Writes">Counts writes.</param>
    internal sealed record Pair(Meter Reads, Meter Writes)
    {
        public void Grow(long ranges)
        {
            Reads.Grow(ranges);
            Writes.Grow(ranges);
        }

        public void Measure(bool payPerRequest, ThroughputRecord throughput, UnitsRecord? maximum)
        {
            Reads.Measure(payPerRequest ? null : throughput.Read, maximum?.Read);
            Writes.Measure(payPerRequest ? null : throughput.Write, maximum?.Write);
        }
    }
}
