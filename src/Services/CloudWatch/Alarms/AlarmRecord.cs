using System.Text.Json;
using System.Text.Json.Serialization;
using Haneul.CloudWatch.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Storage.Shapes;

namespace Haneul.CloudWatch.Alarms;

/// <summary>An alarm as it is stored: what it was given, and its state.</summary>
internal sealed record AlarmRecord
{
    private const byte Version = 1;

    public required string Name { get; init; }

    /// <summary>The input of <c>PutMetricAlarm</c>, for a metric alarm.</summary>
    public JsonElement? MetricInput { get; init; }

    /// <summary>The input of <c>PutCompositeAlarm</c>, for a composite alarm.</summary>
    public JsonElement? CompositeInput { get; init; }

    public required DateTimeOffset Configured { get; init; }

    public bool ActionsEnabled { get; init; } = true;

    public required AlarmState State { get; init; }

    /// <summary>The state before, for those who are told of the change.</summary>
    public AlarmState? Previous { get; init; }

    /// <summary>The actions of the state are still to be run.</summary>
    public bool ActionsDue { get; init; }

    /// <summary>The state whose actions were run last.</summary>
    public string? ActedState { get; init; }

    /// <summary>Why the actions of a composite alarm are held back: Alarm, WaitPeriod or ExtensionPeriod.</summary>
    public string? SuppressedBy { get; init; }

    [JsonIgnore]
    public bool IsComposite => CompositeInput is not null;

    [JsonIgnore]
    public PutMetricAlarmInput Metric => field ??= ShapeRecord.Decode<PutMetricAlarmInput>(MetricInput!.Value);

    [JsonIgnore]
    public PutCompositeAlarmInput Composite => field ??= ShapeRecord.Decode<PutCompositeAlarmInput>(CompositeInput!.Value);

    [JsonIgnore]
    public string Type => IsComposite ? AlarmType.CompositeAlarm : AlarmType.MetricAlarm;

    /// <summary>The actions of the state that the alarm is in.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Actions => State.Value switch
    {
        StateValue.Alarm => (IsComposite ? Composite.AlarmActions : Metric.AlarmActions) ?? [],
        StateValue.Ok => (IsComposite ? Composite.OKActions : Metric.OKActions) ?? [],
        _ => (IsComposite ? Composite.InsufficientDataActions : Metric.InsufficientDataActions) ?? [],
    };

    public string ArnIn(AccountId account, Region region) => AlarmArn.Of(account, region, Name);

    /// <summary>Enters a state; going back to the state whose actions ran last while others were held back runs nothing.</summary>
    public AlarmRecord Enter(string value, string reason, string? data, DateTimeOffset now) => this with
    {
        Previous = State,
        State = new AlarmState(value, reason, data, now, now),
        ActionsDue = !(ActionsDue && ActedState == value),
    };

    public byte[] Encode() => [Version, .. JsonSerializer.SerializeToUtf8Bytes(this, AlarmJson.Default.AlarmRecord)];

    public static AlarmRecord Decode(ReadOnlySpan<byte> bytes) => bytes is [Version, ..]
        ? JsonSerializer.Deserialize(bytes[1..], AlarmJson.Default.AlarmRecord)!
        : throw new FormatException("An alarm's record has an unknown version.");
}

/// <param name="Value">OK, ALARM or INSUFFICIENT_DATA.</param>
/// <param name="Reason">A sentence.</param>
/// <param name="Data">The same as JSON.</param>
/// <param name="Updated">When it was set, to the same value or another.</param>
/// <param name="Transitioned">When the value changed.</param>
internal sealed record AlarmState(string Value, string Reason, string? Data, DateTimeOffset Updated, DateTimeOffset Transitioned)
{
    public static AlarmState Initial(DateTimeOffset now) =>
        new(StateValue.InsufficientData, "Unchecked: Initial alarm creation", null, now, now);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AlarmRecord))]
[JsonSerializable(typeof(HistoryRecord))]
internal sealed partial class AlarmJson : JsonSerializerContext;
