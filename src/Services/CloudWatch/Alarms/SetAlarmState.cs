using System.Text.Json;
using Haneul.CloudWatch.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.CloudWatch.Alarms;

/// <summary>
/// Puts an alarm into a state until it is evaluated again, with the actions that belong to it: for trying them out.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html"/>
/// </summary>
internal sealed class SetAlarmState(AlarmTable alarms) : IHandler<SetAlarmStateInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(SetAlarmStateInput input, CallContext context, CancellationToken cancel)
    {
        if (input.StateReasonData is { } data && !IsJson(data))
        {
            return CloudWatchErrors.InvalidFormatFault.With("StateReasonData must be valid JSON.");
        }

        var changed = await alarms.ChangeAsync(alarms.Of(context), AlarmArn.Name(input.AlarmName), context.Time, current =>
        {
            if (current is null)
            {
                return null;
            }

            if (current.State.Value == input.StateValue)
            {
                var state = current.State with { Reason = input.StateReason, Data = input.StateReasonData, Updated = context.Time };
                return (current with { State = state }, null);
            }

            var entered = current.Enter(input.StateValue, input.StateReason, input.StateReasonData, context.Time);
            return (entered, HistoryRecord.Transition(entered));
        });
        return changed is null ? CloudWatchErrors.ResourceNotFound.With(null) : Unit.Value;
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
