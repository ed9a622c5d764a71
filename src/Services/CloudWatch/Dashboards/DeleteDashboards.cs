using Haneul.CloudWatch.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;

namespace Haneul.CloudWatch.Dashboards;

/// <summary>Deletes dashboards, all or none.</summary>
internal sealed class DeleteDashboards(DashboardTable dashboards) : IHandler<DeleteDashboardsInput, DeleteDashboardsOutput>
{
    public async ValueTask<Outcome<DeleteDashboardsOutput>> HandleAsync(DeleteDashboardsInput input, CallContext context, CancellationToken cancel)
    {
        if (input.DashboardNames.Count == 0)
        {
            return CloudWatchFaults.Value("Need at least 1 dashboard");
        }

        var batch = new Batch();
        foreach (var name in input.DashboardNames)
        {
            batch.RequirePresent(DashboardTable.Key(name));
            batch.Delete(DashboardTable.Key(name));
        }

        var committed = await dashboards.Of(context).CommitAsync(batch);
        return committed.Committed ? new DeleteDashboardsOutput() : DashboardTable.NotFound(input.DashboardNames[committed.FailedCondition]);
    }
}
