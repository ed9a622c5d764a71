using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Logs.Contracts;

namespace Haneul.Logs.Groups;

/// <summary>Lets a group keep its events for ever.</summary>
internal sealed class DeleteRetentionPolicy(LogTable logs) : IHandler<DeleteRetentionPolicyInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteRetentionPolicyInput input, CallContext context, CancellationToken cancel) =>
        await RetentionRules.SetAsync(logs, input.LogGroupName, days: 0, context) ? Unit.Value : LogTable.NoGroup;
}
