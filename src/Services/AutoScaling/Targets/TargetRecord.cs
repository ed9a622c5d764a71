using System.Text.Json.Serialization;

namespace Haneul.AutoScaling.Targets;

/// <summary>A scalable target as it is stored.</summary>
internal sealed record TargetRecord
{
    public required ScalingId What { get; init; }

    public required string Arn { get; init; }

    public required int Min { get; init; }

    public required int Max { get; init; }

    public required DateTimeOffset Created { get; init; }

    public bool InSuspended { get; init; }

    public bool OutSuspended { get; init; }

    public bool ScheduledSuspended { get; init; }

    public int Clamp(int capacity) => Math.Clamp(capacity, Min, Max);

    public static TargetRecord? Find(Storage.IPartitionReader reader, ScalingId what) =>
        ScalingTable.Find(reader, AutoScalingKeyspace.Key(AutoScalingKeyspace.Targets, what), TargetJson.Default.TargetRecord);

    public byte[] Encode() => ScalingTable.Encode(this, TargetJson.Default.TargetRecord);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(TargetRecord))]
internal sealed partial class TargetJson : JsonSerializerContext;
