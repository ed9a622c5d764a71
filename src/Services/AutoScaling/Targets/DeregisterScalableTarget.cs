using Haneul.AutoScaling.Contracts;
using Haneul.AutoScaling.Policies;
using Haneul.AutoScaling.Tags;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;

namespace Haneul.AutoScaling.Targets;

/// <summary>Ends the scaling of a resource: its policies with their alarms and its scheduled actions go too; the capacity stays.</summary>
internal sealed class DeregisterScalableTarget(ScalingTable scaling, PolicyAlarms alarms)
    : IHandler<DeregisterScalableTargetInput, DeregisterScalableTargetOutput>
{
    public async ValueTask<Outcome<DeregisterScalableTargetOutput>> HandleAsync(
        DeregisterScalableTargetInput input, CallContext context, CancellationToken cancel)
    {
        var what = new ScalingId(input.ServiceNamespace, input.ResourceId, input.ScalableDimension);
        var removed = await scaling.Of(context).UpdateAsync(what, static (current, batch, what) =>
        {
            if (TargetRecord.Find(current, what) is not { } target)
            {
                return null;
            }

            var policies = ScalingTable.List(
                current, AutoScalingKeyspace.Key(AutoScalingKeyspace.Policies, what), PolicyJson.Default.PolicyRecord);
            batch.Delete(AutoScalingKeyspace.Key(AutoScalingKeyspace.Targets, what));
            batch.DeleteRange(KeyRange.Prefix(AutoScalingKeyspace.Key(AutoScalingKeyspace.Policies, what)));
            batch.DeleteRange(KeyRange.Prefix(AutoScalingKeyspace.Key(AutoScalingKeyspace.Schedules, what)));
            batch.DeleteRange(TagTable.Range(target.Arn));
            return policies;
        });
        if (removed is null)
        {
            return ScalingFaults.NoTarget(what);
        }

        foreach (var (_, policy) in removed)
        {
            await alarms.DeleteAsync(context.Account, context.Region, policy, cancel);
        }

        return new DeregisterScalableTargetOutput();
    }
}
