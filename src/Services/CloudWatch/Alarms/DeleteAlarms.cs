using Haneul.CloudWatch.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.CloudWatch.Alarms;

/// <summary>
/// Deletes up to 100 alarms, all or none; at most one of them composite, and none that a remaining composite alarm depends on.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAlarms.html"/>
/// </summary>
internal sealed class DeleteAlarms(AlarmTable alarms) : IHandler<DeleteAlarmsInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteAlarmsInput input, CallContext context, CancellationToken cancel)
    {
        var names = input.AlarmNames.Select(AlarmArn.Name).ToHashSet(StringComparer.Ordinal);
        var outcome = await alarms.Of(context).UpdateAsync((names, context), static (current, batch, call) =>
        {
            var (names, context) = call;
            var all = AlarmTable.All(current).ToList();
            if (all.Count(alarm => alarm.IsComposite && names.Contains(alarm.Name)) > 1)
            {
                return (Outcome<Unit>)CloudWatchFaults.Validation("Only one composite alarm can be deleted in one call.");
            }

            foreach (var composite in all.Where(alarm => alarm.IsComposite && !names.Contains(alarm.Name)))
            {
                if (AlarmRule.Parse(composite.Composite.AlarmRule).Alarms.FirstOrDefault(names.Contains) is { } needed)
                {
                    return CloudWatchFaults.Validation($"Cannot delete {needed} as there are composite alarm(s) depending on it.");
                }
            }

            foreach (var name in names)
            {
                if (!AlarmWriter.Delete(current, batch, name, AlarmArn.Of(context, name), context.Time))
                {
                    batch.Clear();
                    return CloudWatchErrors.ResourceNotFound.With(null);
                }
            }

            return Unit.Value;
        });
        alarms.Changes.Pulse();
        return outcome;
    }
}
