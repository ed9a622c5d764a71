using System.Text.Json;
using System.Text.Json.Serialization;
using Haneul.Logs.Contracts;
using Haneul.Storage;
using Haneul.Storage.Shapes;

namespace Haneul.Logs.Subscriptions;

/// <summary>A subscription filter as it is stored: what it was given.</summary>
internal sealed record SubscriptionRecord(JsonElement Input, long Created)
{
    private const byte Version = 1;

    [JsonIgnore]
    public PutSubscriptionFilterInput Filter => field ??= ShapeRecord.Decode<PutSubscriptionFilterInput>(Input);

    public byte[] Encode() => [Version, .. JsonSerializer.SerializeToUtf8Bytes(this, SubscriptionJson.Default.SubscriptionRecord)];

    /// <summary>The filters of a group, in order of their names.</summary>
    public static List<SubscriptionRecord> In(IPartitionReader reader, string group)
    {
        var found = new List<SubscriptionRecord>();
        foreach (var entry in reader.Scan(KeyRange.Prefix(LogsKeyspace.Key(LogsKeyspace.Subscriptions, group))))
        {
            found.Add(JsonSerializer.Deserialize(entry.Value[1..], SubscriptionJson.Default.SubscriptionRecord)!);
        }

        return found;
    }
}

[JsonSerializable(typeof(SubscriptionRecord))]
internal sealed partial class SubscriptionJson : JsonSerializerContext;
