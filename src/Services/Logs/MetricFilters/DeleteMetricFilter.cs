using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Logs.Contracts;

namespace Haneul.Logs.MetricFilters;

/// <summary>Deletes a metric filter; the metric stays.</summary>
internal sealed class DeleteMetricFilter(LogTable logs) : IHandler<DeleteMetricFilterInput, Unit>
{
    private static readonly ServiceError s_missing = LogsErrors.ResourceNotFoundException.With("The specified metric filter does not exist.");

    public ValueTask<Outcome<Unit>> HandleAsync(DeleteMetricFilterInput input, CallContext context, CancellationToken cancel) =>
        logs.DeleteFilterAsync(context, LogsKeyspace.MetricFilters, input.LogGroupName, input.FilterName, s_missing);
}
