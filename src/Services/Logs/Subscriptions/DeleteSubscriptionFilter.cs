using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Logs.Contracts;

namespace Haneul.Logs.Subscriptions;

/// <summary>Ends the sending of a group's events to a function.</summary>
internal sealed class DeleteSubscriptionFilter(LogTable logs) : IHandler<DeleteSubscriptionFilterInput, Unit>
{
    private static readonly ServiceError s_missing = LogsErrors.ResourceNotFoundException.With("The specified subscription filter does not exist.");

    public ValueTask<Outcome<Unit>> HandleAsync(DeleteSubscriptionFilterInput input, CallContext context, CancellationToken cancel) =>
        logs.DeleteFilterAsync(context, LogsKeyspace.Subscriptions, input.LogGroupName, input.FilterName, s_missing);
}
