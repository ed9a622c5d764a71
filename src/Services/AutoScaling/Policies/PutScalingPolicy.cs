using Haneul.AutoScaling.Contracts;
using Haneul.AutoScaling.Targets;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage.Shapes;

namespace Haneul.AutoScaling.Policies;

/// <summary>
/// Makes a target tracking policy with its two alarms, or gives one a new configuration.
/// <see href="https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html"/>
/// </summary>
internal sealed class PutScalingPolicy(ScalingTable scaling, ScalableServices services, PolicyAlarms alarms, IIdSource ids)
    : IHandler<PutScalingPolicyInput, PutScalingPolicyOutput>
{
    public async ValueTask<Outcome<PutScalingPolicyOutput>> HandleAsync(PutScalingPolicyInput input, CallContext context, CancellationToken cancel)
    {
        var what = new ScalingId(input.ServiceNamespace, input.ResourceId, input.ScalableDimension);
        if (services.Find(what, out var error) is not { } found)
        {
            return error!;
        }

        var partition = scaling.Of(context);
        if (TargetRecord.Find(partition, what) is null)
        {
            return ScalingFaults.NoTarget(what);
        }

        if (PolicyRules.Check(input, found.Dimension) is { } refused)
        {
            return refused;
        }

        var capacity = await found.Service.ReadAsync(what.Resource, what.Dimension, context, cancel);
        if (!capacity.Succeeded)
        {
            return capacity.Error;
        }

        var before = PolicyRecord.Find(partition, what, input.PolicyName);
        var policy = new PolicyRecord
        {
            What = what,
            Name = input.PolicyName,
            Id = before?.Id ?? ids.NewUuid(),
            Configuration = ShapeRecord.Encode(input.TargetTrackingScalingPolicyConfiguration!),
            Created = before?.Created ?? context.Time,
            HighId = before?.HighId ?? ids.NewUuid(),
            LowId = before?.LowId ?? ids.NewUuid(),
            AlarmsFor = capacity.Value.Value,
            ScaledOut = before?.ScaledOut,
            OutStep = before?.OutStep ?? 0,
            ScaledIn = before?.ScaledIn,
        };

        // The policy first: an alarm without a policy does nothing, a policy without alarms gets them from the loop.
        var stored = await partition.UpdateAsync(policy, static (current, batch, policy) =>
        {
            if (TargetRecord.Find(current, policy.What) is null)
            {
                return false;
            }

            batch.Put(policy.Key, policy.Encode());
            return true;
        });
        if (!stored)
        {
            return ScalingFaults.NoTarget(what);
        }

        if (before?.LowAlarm is not null && policy.LowAlarm is null)
        {
            await alarms.DeleteAsync(context.Account, context.Region, before, cancel);
        }

        await alarms.PutAsync(context.Account, context.Region, policy, found.Dimension, policy.AlarmsFor, cancel);
        return new PutScalingPolicyOutput
        {
            PolicyARN = policy.ArnIn(context.Account, context.Region),
            Alarms = policy.Alarms(context.Account, context.Region),
        };
    }
}
