using Haneul.CloudWatch.Metrics;
using Haneul.Kernel.Identity;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.CloudWatch;

/// <summary>
/// All keys of the service; one partition for each account and region, where dashboards, which are global, lie in the region <c>-</c>.
/// <code>
/// 01                                        -> the next series' number: version, number
/// 02 namespace name (dimension value)*      -> series: version, number, time of the newest report (ms)
/// 03 number tier second unit                -> point: see PointRecord
/// 04 name                                   -> alarm: version, JSON
/// 05 name time number                       -> alarm history: version, JSON
/// 06 name                                   -> dashboard: version, JSON
/// 07 arn key                                -> tag: version, value
/// </code>
/// Texts are in order-preserving form, numbers big-endian; a tier is the number of a length of points, dimensions are in order of their names.
/// </summary>
internal static class CloudWatchKeyspace
{
    public const byte NextSeries = 1;
    public const byte Series = 2;
    public const byte Points = 3;
    public const byte Alarms = 4;
    public const byte History = 5;
    public const byte Dashboards = 6;
    public const byte Tags = 7;

    /// <summary>All partitions of the service.</summary>
    public static PartitionId Root { get; } = PartitionId.Of("cloudwatch");

    public static PartitionId Partition(AccountId account, Region region) => PartitionId.Of("cloudwatch", account.Value, region.Name);

    public static PartitionId Partition(CallContext context) => Partition(context.Account, context.Region);

    /// <summary>Where the account's dashboards are.</summary>
    public static PartitionId Global(CallContext context) => PartitionId.Of("cloudwatch", context.Account.Value, "-");

    public static byte[] Key(byte kind, params ReadOnlySpan<string?> parts) => KeyWriter.Of(kind, parts);

    public static byte[] SeriesKey(MetricId metric)
    {
        var key = new KeyWriter(stackalloc byte[512]);
        try
        {
            key.WriteByte(Series);
            key.WriteText(metric.Namespace);
            key.WriteText(metric.Name);
            foreach (var dimension in metric.Dimensions)
            {
                key.WriteText(dimension.Name);
                key.WriteText(dimension.Value);
            }

            return key.Written.ToArray();
        }
        finally
        {
            key.Dispose();
        }
    }

    /// <summary>A point, or with fewer parts the range that they begin.</summary>
    public static byte[] Point(ulong series, byte? tier = null, uint? second = null, byte? unit = null)
    {
        using var key = new KeyWriter(stackalloc byte[16]);
        key.WriteByte(Points);
        key.WriteUInt64(series);
        if (tier is { } length)
        {
            key.WriteByte(length);
        }

        if (second is { } time)
        {
            key.WriteUInt32(time);
        }

        if (unit is { } kind)
        {
            key.WriteByte(kind);
        }

        return key.Written.ToArray();
    }

    public static byte[] HistoryKey(string alarm, DateTimeOffset time, ulong number)
    {
        var key = new KeyWriter(stackalloc byte[256]);
        try
        {
            key.WriteByte(History);
            key.WriteText(alarm);
            key.WriteTime(time);
            key.WriteUInt64(number);
            return key.Written.ToArray();
        }
        finally
        {
            key.Dispose();
        }
    }
}
