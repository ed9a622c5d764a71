using System.Text.Json;
using System.Text.Json.Serialization;

namespace Haneul.CloudWatch.Dashboards;

/// <summary>A dashboard as it is stored.</summary>
internal sealed record DashboardRecord(string Body, DateTimeOffset Modified)
{
    private const byte Version = 1;

    public byte[] Encode() => [Version, .. JsonSerializer.SerializeToUtf8Bytes(this, DashboardJson.Default.DashboardRecord)];

    public static DashboardRecord Decode(ReadOnlySpan<byte> bytes) => JsonSerializer.Deserialize(bytes[1..], DashboardJson.Default.DashboardRecord)!;
}

[JsonSerializable(typeof(DashboardRecord))]
internal sealed partial class DashboardJson : JsonSerializerContext;
