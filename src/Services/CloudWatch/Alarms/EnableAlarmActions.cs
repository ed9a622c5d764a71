using Haneul.CloudWatch.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.CloudWatch.Alarms;

/// <summary>Turns the actions of alarms on.</summary>
internal sealed class EnableAlarmActions(AlarmSwitch actions) : IHandler<EnableAlarmActionsInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(EnableAlarmActionsInput input, CallContext context, CancellationToken cancel)
    {
        await actions.SetAsync(input.AlarmNames, enabled: true, context);
        return Unit.Value;
    }
}
