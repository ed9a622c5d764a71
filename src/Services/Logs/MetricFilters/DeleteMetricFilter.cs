using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Logs.Contracts;
using Haneul.Storage;

namespace Haneul.Logs.MetricFilters;

/// <summary>Deletes a metric filter; the metric stays.</summary>
internal sealed class DeleteMetricFilter(LogTable logs) : IHandler<DeleteMetricFilterInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteMetricFilterInput input, CallContext context, CancellationToken cancel)
    {
        var batch = new Batch();
        var key = LogsKeyspace.Key(LogsKeyspace.MetricFilters, input.LogGroupName, input.FilterName);
        batch.RequirePresent(LogsKeyspace.Key(LogsKeyspace.Groups, input.LogGroupName));
        batch.RequirePresent(key);
        batch.Delete(key);
        var committed = await logs.Of(context).CommitAsync(batch);
        return committed.Committed ? Unit.Value
            : committed.FailedCondition == 0 ? LogTable.NoGroup
            : LogsErrors.ResourceNotFoundException.With("The specified metric filter does not exist.");
    }
}
