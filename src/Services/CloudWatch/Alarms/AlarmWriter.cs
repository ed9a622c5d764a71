using Haneul.CloudWatch.Contracts;
using Haneul.CloudWatch.Tags;
using Haneul.Storage;
using Haneul.Storage.Shapes;

namespace Haneul.CloudWatch.Alarms;

/// <summary>Makes and changes records: an update keeps the state, and starts anew only if the alarm becomes one of the other kind.</summary>
internal static class AlarmWriter
{
    public static (AlarmRecord Alarm, HistoryRecord History) Metric(AlarmRecord? current, PutMetricAlarmInput input, DateTimeOffset now) => Put(
        current is { IsComposite: true } ? null : current,
        new AlarmRecord
        {
            Name = input.AlarmName,
            MetricInput = ShapeRecord.Encode(input),
            Configured = now,
            ActionsEnabled = input.ActionsEnabled ?? true,
            State = AlarmState.Initial(now),
        });

    public static (AlarmRecord Alarm, HistoryRecord History) Composite(AlarmRecord? current, PutCompositeAlarmInput input, DateTimeOffset now) => Put(
        current is { IsComposite: false } ? null : current,
        new AlarmRecord
        {
            Name = input.AlarmName,
            CompositeInput = ShapeRecord.Encode(input),
            Configured = now,
            ActionsEnabled = input.ActionsEnabled ?? true,
            State = AlarmState.Initial(now),
        });

    /// <summary>Deletes an alarm with its tags; its history stays. False if there is none.</summary>
    public static bool Delete(IPartitionReader current, Batch batch, string name, string arn, DateTimeOffset now)
    {
        if (AlarmTable.Find(current, name) is not { } alarm)
        {
            return false;
        }

        batch.Delete(AlarmTable.Key(name));
        batch.DeleteRange(TagTable.Range(arn));
        AlarmTable.Remember(current, batch, name, now, HistoryRecord.Configured(alarm, "deleted"));
        return true;
    }

    private static (AlarmRecord Alarm, HistoryRecord History) Put(AlarmRecord? current, AlarmRecord alarm) => current is null
        ? (alarm, HistoryRecord.Configured(alarm, "created"))
        : (alarm with
        {
            State = current.State,
            Previous = current.Previous,
            ActionsDue = current.ActionsDue,
            ActedState = current.ActedState,
            SuppressedBy = current.SuppressedBy,
        }, HistoryRecord.Configured(alarm, "updated"));
}
