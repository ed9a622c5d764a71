using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.AutoScaling;

/// <summary>Reads and writes the records of the service: a version byte and JSON.</summary>
internal sealed class ScalingTable(IStore store)
{
    private const byte Version = 1;

    public IPartition Of(CallContext context) => Of(context.Account, context.Region);

    public IPartition Of(AccountId account, Region region) => store.Partition(AutoScalingKeyspace.Partition(account, region));

    /// <summary>The accounts and regions that scale something.</summary>
    public IEnumerable<(AccountId Account, Region Region)> Places()
    {
        foreach (var id in store.Partitions(AutoScalingKeyspace.Root))
        {
            var parts = id.Parts();
            if (AccountId.TryParse(parts[1], out var account) && Region.TryParse(parts[2], out var region))
            {
                yield return (account, region);
            }
        }
    }

    public static byte[] Encode<T>(T record, JsonTypeInfo<T> type) => [Version, .. JsonSerializer.SerializeToUtf8Bytes(record, type)];

    public static T Decode<T>(ReadOnlySpan<byte> bytes, JsonTypeInfo<T> type) => bytes is [Version, ..]
        ? JsonSerializer.Deserialize(bytes[1..], type)!
        : throw new FormatException("A record of Application Auto Scaling has an unknown version.");

    public static T? Find<T>(IPartitionReader reader, byte[] key, JsonTypeInfo<T> type)
        where T : class
    {
        using var value = reader.Get(key);
        return value.Exists ? Decode(value.Span, type) : null;
    }

    /// <summary>The records of a kind, or of a part of it, in order of their keys.</summary>
    public static List<(byte[] Key, T Record)> List<T>(IPartitionReader reader, byte[] prefix, JsonTypeInfo<T> type)
    {
        var found = new List<(byte[], T)>();
        foreach (var entry in reader.Scan(KeyRange.Prefix(prefix)))
        {
            found.Add((entry.Key.ToArray(), Decode(entry.Value, type)));
        }

        return found;
    }
}
