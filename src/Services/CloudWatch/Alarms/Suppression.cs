using Haneul.CloudWatch.Contracts;

namespace Haneul.CloudWatch.Alarms;

/// <summary>
/// Whether a composite alarm's actions are held back by another alarm: while that is in ALARM, for a while after it, and for a while before, in case
/// it follows. <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm.html"/>
/// </summary>
internal static class Suppression
{
    public const string Alarm = "Alarm";
    public const string WaitPeriod = "WaitPeriod";
    public const string ExtensionPeriod = "ExtensionPeriod";

    /// <returns>What holds the actions back, or null.</returns>
    public static string? Of(AlarmRecord composite, AlarmState? suppressor, DateTimeOffset now)
    {
        if (suppressor is null)
        {
            return null;
        }

        if (suppressor.Value == StateValue.Alarm)
        {
            return Alarm;
        }

        var extension = TimeSpan.FromSeconds(composite.Composite.ActionsSuppressorExtensionPeriod ?? 0);
        if (composite.SuppressedBy is Alarm or ExtensionPeriod)
        {
            return now < suppressor.Transitioned + extension ? ExtensionPeriod : null;
        }

        var wait = TimeSpan.FromSeconds(composite.Composite.ActionsSuppressorWaitPeriod ?? 0);
        return composite.State.Value == StateValue.Alarm && now < composite.State.Transitioned + wait ? WaitPeriod : null;
    }

    public static string Reason(string suppressedBy, string suppressor) => suppressedBy switch
    {
        Alarm => $"Actions are suppressed by alarm {suppressor}",
        WaitPeriod => $"Actions are suppressed while waiting for alarm {suppressor}",
        _ => $"Actions are suppressed for a while after alarm {suppressor}",
    };
}
