using System.Text.Json;
using System.Text.Json.Serialization;
using Haneul.Logs.Contracts;
using Haneul.Storage;
using Haneul.Storage.Shapes;

namespace Haneul.Logs.MetricFilters;

/// <summary>A metric filter as it is stored: what it was given.</summary>
internal sealed record MetricFilterRecord(JsonElement Input, long Created)
{
    private const byte Version = 1;

    [JsonIgnore]
    public PutMetricFilterInput Filter => field ??= ShapeRecord.Decode<PutMetricFilterInput>(Input);

    public byte[] Encode() => [Version, .. JsonSerializer.SerializeToUtf8Bytes(this, FilterJson.Default.MetricFilterRecord)];

    public static MetricFilterRecord Decode(ReadOnlySpan<byte> bytes) => JsonSerializer.Deserialize(bytes[1..], FilterJson.Default.MetricFilterRecord)!;

    /// <summary>The filters of a group, or of all, in order of group and name.</summary>
    public static List<MetricFilterRecord> In(IPartitionReader reader, string? group)
    {
        var found = new List<MetricFilterRecord>();
        var prefix = group is null ? LogsKeyspace.Kind(LogsKeyspace.MetricFilters) : LogsKeyspace.Key(LogsKeyspace.MetricFilters, group);
        foreach (var entry in reader.Scan(KeyRange.Prefix(prefix)))
        {
            found.Add(Decode(entry.Value));
        }

        return found;
    }
}

[JsonSerializable(typeof(MetricFilterRecord))]
internal sealed partial class FilterJson : JsonSerializerContext;
