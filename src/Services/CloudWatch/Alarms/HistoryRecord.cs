using System.Text.Json;
using Haneul.CloudWatch.Contracts;

namespace Haneul.CloudWatch.Alarms;

/// <summary>Something that happened to an alarm, as it is stored.</summary>
/// <param name="Type">ConfigurationUpdate, StateUpdate or Action.</param>
/// <param name="AlarmType">MetricAlarm or CompositeAlarm.</param>
/// <param name="Summary">A sentence.</param>
/// <param name="Data">JSON.</param>
internal sealed record HistoryRecord(string Type, string AlarmType, string Summary, string Data)
{
    private const byte Version = 1;

    /// <summary>How long CloudWatch remembers.</summary>
    public static TimeSpan Kept { get; } = TimeSpan.FromDays(30);

    public byte[] Encode() => [Version, .. JsonSerializer.SerializeToUtf8Bytes(this, AlarmJson.Default.HistoryRecord)];

    public static HistoryRecord Decode(ReadOnlySpan<byte> bytes) => JsonSerializer.Deserialize(bytes[1..], AlarmJson.Default.HistoryRecord)!;

    public static HistoryRecord Configured(AlarmRecord alarm, string what)
    {
        var type = what switch { "created" => "Create", "updated" => "Update", _ => "Delete" };
        return new HistoryRecord(HistoryItemType.ConfigurationUpdate, alarm.Type, $"Alarm \"{alarm.Name}\" {what}", AlarmText.Json(json =>
        {
            json.WriteString("version", "1.0");
            json.WriteString("type", type);
            json.WriteString("alarmName", alarm.Name);
        }));
    }

    /// <summary>The state that the alarm has entered just now.</summary>
    public static HistoryRecord Transition(AlarmRecord alarm) => new(
        HistoryItemType.StateUpdate,
        alarm.Type,
        $"Alarm updated from {alarm.Previous!.Value} to {alarm.State.Value}",
        AlarmText.Json(json =>
        {
            json.WriteString("version", "1.0");
            AlarmText.WriteHistoryState(json, "oldState", alarm.Previous);
            AlarmText.WriteHistoryState(json, "newState", alarm.State);
        }));

    public static HistoryRecord Action(AlarmRecord alarm, string action, string? error) => new(
        HistoryItemType.Action,
        alarm.Type,
        error is null ? $"Successfully executed action {action}" : $"Failed to execute action {action}. Received error: \"{error}\"",
        AlarmText.Json(json =>
        {
            json.WriteString("actionState", error is null ? "Succeeded" : "Failed");
            json.WriteString("stateUpdateTimestamp", AlarmText.Time(alarm.State.Updated));
            json.WriteString("notificationResource", action);
            if (error is not null)
            {
                json.WriteString("error", error);
            }
        }));
}
