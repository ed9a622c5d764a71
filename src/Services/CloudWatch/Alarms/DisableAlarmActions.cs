using Haneul.CloudWatch.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.CloudWatch.Alarms;

/// <summary>Turns the actions of alarms off.</summary>
internal sealed class DisableAlarmActions(AlarmSwitch actions) : IHandler<DisableAlarmActionsInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DisableAlarmActionsInput input, CallContext context, CancellationToken cancel)
    {
        await actions.SetAsync(input.AlarmNames, enabled: false, context);
        return Unit.Value;
    }
}
