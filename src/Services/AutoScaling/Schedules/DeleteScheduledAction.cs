using Haneul.AutoScaling.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;

namespace Haneul.AutoScaling.Schedules;

/// <summary>Deletes a scheduled action.</summary>
internal sealed class DeleteScheduledAction(ScalingTable scaling) : IHandler<DeleteScheduledActionInput, DeleteScheduledActionOutput>
{
    public async ValueTask<Outcome<DeleteScheduledActionOutput>> HandleAsync(
        DeleteScheduledActionInput input, CallContext context, CancellationToken cancel)
    {
        var what = new ScalingId(input.ServiceNamespace, input.ResourceId, input.ScalableDimension);
        var key = AutoScalingKeyspace.Key(AutoScalingKeyspace.Schedules, what, input.ScheduledActionName);
        var batch = new Batch();
        batch.RequirePresent(key);
        batch.Delete(key);
        var committed = await scaling.Of(context).CommitAsync(batch);
        return committed.Committed ? new DeleteScheduledActionOutput() : ScalingFaults.NoSchedule(what, input.ScheduledActionName);
    }
}
