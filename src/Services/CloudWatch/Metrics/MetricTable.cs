using System.Buffers.Binary;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Identity;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.CloudWatch.Metrics;

/// <summary>The series and their points. Data are added to the points that are there under the partition's latch, so that nothing is lost.</summary>
internal sealed class MetricTable(IStore store, TimeProvider time)
{
    private const long ReportStep = 60_000;

    public IPartition Of(AccountId account, Region region) => store.Partition(CloudWatchKeyspace.Partition(account, region));

    /// <summary>Adds data to their points: all of them, in one batch.</summary>
    public async ValueTask PutAsync(AccountId account, Region region, string metricNamespace, IReadOnlyList<MetricDatum> data)
    {
        if (data.Count == 0)
        {
            return;
        }

        await Of(account, region).UpdateAsync(
            (metricNamespace, data, now: time.GetUtcNow()),
            static (current, batch, put) =>
            {
                var numbers = new Dictionary<MetricId, ulong>();
                var points = new Dictionary<(ulong Series, byte Tier, uint Second, byte Unit), MetricSummary>();
                ulong? next = null;
                foreach (var datum in put.data)
                {
                    var metric = MetricId.Of(put.metricNamespace, datum.Name, datum.Dimensions);
                    if (!numbers.TryGetValue(metric, out var series))
                    {
                        numbers[metric] = series = Report(current, batch, metric, put.now, ref next);
                    }

                    var tier = Tier.For(datum.HighResolution, put.now - datum.Time);
                    var point = (series, tier.Number, tier.Floor((uint)datum.Time.ToUnixTimeSeconds()), Units.Number(datum.Unit));
                    if (!points.TryGetValue(point, out var values))
                    {
                        using var stored = current.Get(CloudWatchKeyspace.Point(point.series, point.Number, point.Item3, point.Item4));
                        points[point] = values = stored.Exists ? PointRecord.Decode(stored.Span) : new MetricSummary(distribution: true);
                    }

                    values.Add(datum.Values);
                }

                foreach (var (point, values) in points)
                {
                    batch.Put(CloudWatchKeyspace.Point(point.Series, point.Tier, point.Second, point.Unit), PointRecord.Encode(values));
                }

                if (next is { } number)
                {
                    var bytes = new byte[9];
                    bytes[0] = 1;
                    BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(1), number);
                    batch.Put([CloudWatchKeyspace.NextSeries], bytes);
                }

                return true;
            });
    }

    /// <summary>The points of a series between two times, summed up by period and unit; periods begin at the first time.</summary>
    /// <remarks>Points that are kept in longer steps than a minute do not show in shorter periods, as on AWS.</remarks>
    public SortedDictionary<(long Second, string Unit), MetricSummary> Read(
        AccountId account, Region region, MetricId metric, long start, long end, uint period, string? unit)
    {
        var found = new SortedDictionary<(long, string), MetricSummary>();
        var partition = Of(account, region);
        if (partition.GetBytes(CloudWatchKeyspace.SeriesKey(metric)) is not { } record || start >= end)
        {
            return found;
        }

        var series = SeriesRecord.Decode(record).Number;
        foreach (var tier in Tier.All)
        {
            if (tier.Seconds > Tier.Minute.Seconds && period % tier.Seconds != 0)
            {
                break;
            }

            var from = CloudWatchKeyspace.Point(series, tier.Number, Second(start));
            var before = CloudWatchKeyspace.Point(series, tier.Number, Second(end));
            foreach (var entry in partition.Scan(KeyRange.Prefix(CloudWatchKeyspace.Point(series, tier.Number)).From(from).Before(before)))
            {
                var (second, pointUnit) = ReadPoint(entry.Key);
                if (unit is not null && unit != pointUnit)
                {
                    continue;
                }

                var key = (start + ((second - start) / period * period), pointUnit);
                if (!found.TryGetValue(key, out var values))
                {
                    found[key] = values = new MetricSummary(distribution: true);
                }

                values.Add(PointRecord.Decode(entry.Value));
            }
        }

        return found;
    }

    /// <summary>The series of an account and region, in order; a namespace narrows them.</summary>
    public IEnumerable<(MetricId Metric, SeriesRecord Record)> List(AccountId account, Region region, string? metricNamespace, byte[]? after)
    {
        var prefix = metricNamespace is null
            ? CloudWatchKeyspace.Key(CloudWatchKeyspace.Series)
            : CloudWatchKeyspace.Key(CloudWatchKeyspace.Series, metricNamespace);
        var partition = Of(account, region);

        // In pages, so that a slow reader holds no cursor open.
        const int page = 256;
        while (true)
        {
            var range = KeyRange.Prefix(prefix);
            var read = new List<(MetricId, SeriesRecord)>(page);
            foreach (var entry in partition.Scan(after is null ? range : range.After(after), limit: page))
            {
                read.Add((MetricId.FromKey(entry.Key), SeriesRecord.Decode(entry.Value)));
                if (read.Count == page)
                {
                    break;
                }
            }

            foreach (var series in read)
            {
                yield return series;
            }

            if (read.Count < page)
            {
                yield break;
            }

            after = CloudWatchKeyspace.SeriesKey(read[^1].Item1);
        }
    }

    public static (uint Second, string Unit) ReadPoint(ReadOnlySpan<byte> key)
    {
        var reader = new KeyReader(key);
        reader.ReadByte();
        reader.ReadUInt64();
        reader.ReadByte();
        return (reader.ReadUInt32(), Units.Name(reader.ReadByte()));
    }

    private static uint Second(long second) => (uint)Math.Clamp(second, 0, uint.MaxValue);

    // Finds or makes the series and notes that it reported; at most one write a minute for each.
    private static ulong Report(IPartitionReader current, Batch batch, MetricId metric, DateTimeOffset now, ref ulong? next)
    {
        var key = CloudWatchKeyspace.SeriesKey(metric);
        var report = now.ToUnixTimeMilliseconds() / ReportStep * ReportStep;
        if (current.GetBytes(key) is { } bytes)
        {
            var record = SeriesRecord.Decode(bytes);
            if (report > record.LastReport)
            {
                batch.Put(key, (record with { LastReport = report }).Encode());
            }

            return record.Number;
        }

        var number = next
            ?? (current.GetBytes([CloudWatchKeyspace.NextSeries]) is { } stored ? BinaryPrimitives.ReadUInt64BigEndian(stored.AsSpan(1)) : 1);
        next = number + 1;
        batch.Put(key, new SeriesRecord(number, report).Encode());
        return number;
    }
}
