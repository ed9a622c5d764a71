using System.Text.Json.Serialization;
using Haneul.Kernel.Identity;

namespace Haneul.AutoScaling.Schedules;

/// <summary>A scheduled action as it is stored.</summary>
internal sealed record ScheduleRecord
{
    public required ScalingId What { get; init; }

    public required string Name { get; init; }

    /// <summary>The random part of its ARN.</summary>
    public required string Id { get; init; }

    public required string Expression { get; init; }

    public string? Timezone { get; init; }

    public DateTimeOffset? Start { get; init; }

    public DateTimeOffset? End { get; init; }

    public int? Min { get; init; }

    public int? Max { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>When it runs next; null when it does not run any more.</summary>
    public DateTimeOffset? Next { get; init; }

    [JsonIgnore]
    public byte[] Key => AutoScalingKeyspace.Key(AutoScalingKeyspace.Schedules, What, Name);

    public string ArnIn(AccountId account, Region region) =>
        Arn.Of("autoscaling", region.Name, account, $"scheduledAction:{Id}:{What.InArn}:scheduledActionName/{Name}").ToString();

    /// <summary>The same, waiting for its next time after a moment.</summary>
    public ScheduleRecord Waiting(DateTimeOffset after)
    {
        var anchor = Start ?? Created;
        var from = Start is { } start && start > after ? start.AddTicks(-1) : after;
        var next = Schedule.Parse(Expression, Timezone).Next(from, anchor);
        return this with { Next = next <= (End ?? DateTimeOffset.MaxValue) ? next : null };
    }

    public byte[] Encode() => ScalingTable.Encode(this, ScheduleJson.Default.ScheduleRecord);

    public static ScheduleRecord? Find(Storage.IPartitionReader reader, ScalingId what, string name) =>
        ScalingTable.Find(reader, AutoScalingKeyspace.Key(AutoScalingKeyspace.Schedules, what, name), ScheduleJson.Default.ScheduleRecord);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ScheduleRecord))]
internal sealed partial class ScheduleJson : JsonSerializerContext;
