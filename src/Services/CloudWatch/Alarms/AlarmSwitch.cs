using Haneul.Kernel.Identity;

namespace Haneul.CloudWatch.Alarms;

/// <summary>Turns the actions of alarms on and off; names without an alarm are passed over, as on AWS.</summary>
internal sealed class AlarmSwitch(AlarmTable alarms)
{
    public async ValueTask SetAsync(IEnumerable<string> names, bool enabled, CallContext context)
    {
        foreach (var name in names)
        {
            await alarms.ChangeAsync(alarms.Of(context), AlarmArn.Name(name), context.Time, current =>
            {
                if (current is null || current.ActionsEnabled == enabled)
                {
                    return null;
                }

                var changed = current with { ActionsEnabled = enabled };
                return (changed, HistoryRecord.Configured(changed, "updated"));
            });
        }
    }
}
