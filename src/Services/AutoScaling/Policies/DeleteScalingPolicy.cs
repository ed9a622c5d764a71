using Haneul.AutoScaling.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.AutoScaling.Policies;

/// <summary>Deletes a scaling policy with its alarms.</summary>
internal sealed class DeleteScalingPolicy(ScalingTable scaling, PolicyAlarms alarms) : IHandler<DeleteScalingPolicyInput, DeleteScalingPolicyOutput>
{
    public async ValueTask<Outcome<DeleteScalingPolicyOutput>> HandleAsync(
        DeleteScalingPolicyInput input, CallContext context, CancellationToken cancel)
    {
        var what = new ScalingId(input.ServiceNamespace, input.ResourceId, input.ScalableDimension);
        var deleted = await scaling.Of(context).UpdateAsync((what, input.PolicyName), static (current, batch, call) =>
        {
            var policy = PolicyRecord.Find(current, call.what, call.PolicyName);
            if (policy is not null)
            {
                batch.Delete(policy.Key);
            }

            return policy;
        });
        if (deleted is null)
        {
            return ScalingFaults.NoPolicy(what, input.PolicyName);
        }

        await alarms.DeleteAsync(context.Account, context.Region, deleted, cancel);
        return new DeleteScalingPolicyOutput();
    }
}
