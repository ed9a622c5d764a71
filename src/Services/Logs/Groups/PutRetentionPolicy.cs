using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Logs.Contracts;

namespace Haneul.Logs.Groups;

/// <summary>
/// Says for how many days a group keeps its events.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html"/>
/// </summary>
internal sealed class PutRetentionPolicy(LogTable logs) : IHandler<PutRetentionPolicyInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(PutRetentionPolicyInput input, CallContext context, CancellationToken cancel)
    {
        var days = input.RetentionInDays!.Value;
        if (RetentionRules.Check(days) is { } error)
        {
            return error;
        }

        return await RetentionRules.SetAsync(logs, input.LogGroupName, days, context) ? Unit.Value : LogTable.NoGroup;
    }
}
