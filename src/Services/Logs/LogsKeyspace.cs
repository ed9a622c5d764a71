using Haneul.Kernel.Identity;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.Logs;

/// <summary>
/// All keys of the service; one partition for each account and region.
/// <code>
/// 01 group                      -> group: version, created (ms), since version 2 days of retention (0 for ever)
/// 02 group stream               -> stream: version, created, first and last event, last ingestion (ms), events so far
/// 03 group stream time number   -> event: version, ingestion (ms), text
/// 04 group name                 -> metric filter: version, JSON
/// 05 group name                 -> subscription filter: version, JSON
/// 06 group key                  -> tag: version, value
/// </code>
/// Texts are in order-preserving form, numbers big-endian.
/// </summary>
internal static class LogsKeyspace
{
    public const byte Groups = 1;
    public const byte Streams = 2;
    public const byte Events = 3;
    public const byte MetricFilters = 4;
    public const byte Subscriptions = 5;
    public const byte Tags = 6;

    /// <summary>All partitions of the service.</summary>
    public static PartitionId Root { get; } = PartitionId.Of("logs");

    public static PartitionId Partition(AccountId account, Region region) => PartitionId.Of("logs", account.Value, region.Name);

    public static PartitionId Partition(CallContext context) => Partition(context.Account, context.Region);

    public static byte[] Kind(byte kind) => [kind];

    public static byte[] Key(byte kind, string group, string? stream = null) => KeyWriter.Of(kind, group, stream);

    public static byte[] Event(ReadOnlySpan<byte> streamPrefix, long time, long number)
    {
        var key = new KeyWriter(stackalloc byte[512]);
        try
        {
            key.WriteRaw(streamPrefix);
            key.WriteInt64(time);
            key.WriteInt64(number);
            return key.Written.ToArray();
        }
        finally
        {
            key.Dispose();
        }
    }
}
