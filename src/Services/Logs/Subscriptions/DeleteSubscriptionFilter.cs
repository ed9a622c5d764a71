using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Logs.Contracts;
using Haneul.Storage;

namespace Haneul.Logs.Subscriptions;

/// <summary>Ends the sending of a group's events to a function.</summary>
internal sealed class DeleteSubscriptionFilter(LogTable logs) : IHandler<DeleteSubscriptionFilterInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteSubscriptionFilterInput input, CallContext context, CancellationToken cancel)
    {
        var batch = new Batch();
        var key = LogsKeyspace.Key(LogsKeyspace.Subscriptions, input.LogGroupName, input.FilterName);
        batch.RequirePresent(LogsKeyspace.Key(LogsKeyspace.Groups, input.LogGroupName));
        batch.RequirePresent(key);
        batch.Delete(key);
        var committed = await logs.Of(context).CommitAsync(batch);
        return committed.Committed ? Unit.Value
            : committed.FailedCondition == 0 ? LogTable.NoGroup
            : LogsErrors.ResourceNotFoundException.With("The specified subscription filter does not exist.");
    }
}
