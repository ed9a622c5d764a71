using System.Text.Json.Serialization;

namespace Haneul.AutoScaling.Activities;

/// <summary>A change of capacity, or a change that was not made, as it is stored.</summary>
internal sealed record ActivityRecord
{
    /// <summary>How long activities are remembered.</summary>
    public static TimeSpan Kept { get; } = TimeSpan.FromDays(42);

    public required string Id { get; init; }

    public required ScalingId What { get; init; }

    public required string Description { get; init; }

    public required string Cause { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required DateTimeOffset Ended { get; init; }

    public required string Status { get; init; }

    public string? StatusMessage { get; init; }

    /// <summary>Why nothing was done; only shown to who asks for it.</summary>
    public string? NotScaled { get; init; }

    /// <summary>The bound that was met.</summary>
    public int? Bound { get; init; }

    public byte[] Encode() => ScalingTable.Encode(this, ActivityJson.Default.ActivityRecord);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ActivityRecord))]
internal sealed partial class ActivityJson : JsonSerializerContext;
