using Haneul.Kernel.Identity;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.AutoScaling;

/// <summary>
/// All keys of the service; one partition for each account and region. What is scaled is written as its three names: service namespace, resource and
/// dimension.
/// <code>
/// 01 what               -> scalable target: version, JSON
/// 02 what name          -> scaling policy: version, JSON
/// 03 what name          -> scheduled action: version, JSON
/// 04 what time number   -> scaling activity: version, JSON
/// 05 arn key            -> tag: version, value
/// </code>
/// Texts are in order-preserving form, numbers big-endian.
/// </summary>
internal static class AutoScalingKeyspace
{
    public const byte Targets = 1;
    public const byte Policies = 2;
    public const byte Schedules = 3;
    public const byte Activities = 4;
    public const byte Tags = 5;

    /// <summary>All partitions of the service.</summary>
    public static PartitionId Root { get; } = PartitionId.Of("autoscaling");

    public static PartitionId Partition(AccountId account, Region region) => PartitionId.Of("autoscaling", account.Value, region.Name);

    public static byte[] Key(byte kind, params ReadOnlySpan<string?> parts) => KeyWriter.Of(kind, parts);

    public static byte[] Key(byte kind, ScalingId what, params ReadOnlySpan<string> more) =>
        Key(kind, [what.Namespace, what.Resource, what.Dimension, .. more]);

    public static byte[] Activity(ScalingId what, DateTimeOffset time, uint number)
    {
        var key = new KeyWriter(stackalloc byte[256]);
        try
        {
            key.WriteRaw(Key(Activities, what));
            key.WriteTime(time);
            key.WriteUInt32(number);
            return key.Written.ToArray();
        }
        finally
        {
            key.Dispose();
        }
    }
}
