using System.Text.Json;
using System.Text.Json.Serialization;
using Haneul.AutoScaling.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Storage.Shapes;

namespace Haneul.AutoScaling.Policies;

/// <summary>A target tracking policy as it is stored.</summary>
internal sealed record PolicyRecord
{
    public required ScalingId What { get; init; }

    public required string Name { get; init; }

    /// <summary>The random part of its ARN.</summary>
    public required string Id { get; init; }

    /// <summary>The configuration as it was given.</summary>
    public required JsonElement Configuration { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>The random part of the name of the alarm above the target.</summary>
    public required string HighId { get; init; }

    /// <summary>The same of the alarm below.</summary>
    public required string LowId { get; init; }

    /// <summary>The capacity that the alarms were made for.</summary>
    public int AlarmsFor { get; init; }

    public DateTimeOffset? ScaledOut { get; init; }

    /// <summary>How much the last scale-out added.</summary>
    public int OutStep { get; init; }

    public DateTimeOffset? ScaledIn { get; init; }

    [JsonIgnore]
    public TargetTrackingScalingPolicyConfiguration Tracking =>
        field ??= ShapeRecord.Decode<TargetTrackingScalingPolicyConfiguration>(Configuration);

    [JsonIgnore]
    public string HighAlarm => $"TargetTracking-{What.Resource}-AlarmHigh-{HighId}";

    /// <summary>Null when the policy never scales in.</summary>
    [JsonIgnore]
    public string? LowAlarm => Tracking.DisableScaleIn == true ? null : $"TargetTracking-{What.Resource}-AlarmLow-{LowId}";

    public string ArnIn(AccountId account, Region region) =>
        Arn.Of("autoscaling", region.Name, account, $"scalingPolicy:{Id}:{What.InArn}:policyName/{Name}").ToString();

    public IReadOnlyList<Alarm> Alarms(AccountId account, Region region) => [.. AlarmNames.Select(name => new Alarm
    {
        AlarmName = name,
        AlarmARN = Arn.Of("cloudwatch", region.Name, account, "alarm:" + name).ToString(),
    })];

    [JsonIgnore]
    public IReadOnlyList<string> AlarmNames => LowAlarm is { } low ? [HighAlarm, low] : [HighAlarm];

    [JsonIgnore]
    public byte[] Key => AutoScalingKeyspace.Key(AutoScalingKeyspace.Policies, What, Name);

    public byte[] Encode() => ScalingTable.Encode(this, PolicyJson.Default.PolicyRecord);

    public static PolicyRecord? Find(Storage.IPartitionReader reader, ScalingId what, string name) =>
        ScalingTable.Find(reader, AutoScalingKeyspace.Key(AutoScalingKeyspace.Policies, what, name), PolicyJson.Default.PolicyRecord);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PolicyRecord))]
internal sealed partial class PolicyJson : JsonSerializerContext;
