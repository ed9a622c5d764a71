using Haneul.AutoScaling.Contracts;
using Haneul.AutoScaling.Tags;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.AutoScaling.Targets;

/// <summary>
/// Says within what bounds a resource is scaled, or changes what was said.
/// <see href="https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html"/>
/// </summary>
internal sealed class RegisterScalableTarget(ScalingTable scaling, ScalableServices services, IIdSource ids)
    : IHandler<RegisterScalableTargetInput, RegisterScalableTargetOutput>
{
    public async ValueTask<Outcome<RegisterScalableTargetOutput>> HandleAsync(
        RegisterScalableTargetInput input, CallContext context, CancellationToken cancel)
    {
        var what = new ScalingId(input.ServiceNamespace, input.ResourceId, input.ScalableDimension);
        if (services.Find(what, out var error) is not { } found)
        {
            return error!;
        }

        if (input.RoleARN is { } role && role != TargetShapes.RoleArn(context, found.Service))
        {
            return ScalingFaults.Validation("Haneul does not support RoleARN of RegisterScalableTarget other than the service-linked role yet.");
        }

        if (TagTable.Check(input.Tags, []) is { } tagError)
        {
            return tagError;
        }

        // Whoever registers must be able to see the resource.
        var present = await found.Service.ReadAsync(what.Resource, what.Dimension, context, cancel);
        if (!present.Succeeded)
        {
            return present.Error;
        }

        var id = "0" + ids.NewString(31, RandomIdSource.LowerAlphanumeric);
        return await scaling.Of(context).UpdateAsync((input, context, what, id, found.Dimension.LeastCapacity), static (current, batch, call) =>
        {
            var (input, context, what, id, least) = call;
            var before = TargetRecord.Find(current, what);
            if (Make(before, input, what, Arn.Of("application-autoscaling", context.Region.Name, context.Account, "scalable-target/" + id).ToString(),
                least, context.Time, out var target) is { } refused)
            {
                return (Outcome<RegisterScalableTargetOutput>)refused;
            }

            batch.Put(AutoScalingKeyspace.Key(AutoScalingKeyspace.Targets, what), target!.Encode());
            TagTable.Put(batch, target.Arn, before is null ? input.Tags : null);
            return new RegisterScalableTargetOutput { ScalableTargetARN = target.Arn };
        });
    }

    private static ServiceError? Make(
        TargetRecord? before, RegisterScalableTargetInput input, ScalingId what, string arn, int least, DateTimeOffset now, out TargetRecord? target)
    {
        target = null;
        if (before is null && (input.MinCapacity is null || input.MaxCapacity is null))
        {
            return ScalingFaults.Validation("Minimum capacity and maximum capacity are required to register a new scalable target");
        }

        if (before is not null && input.Tags is { Count: > 0 })
        {
            return ScalingFaults.Validation("Tags can only be given when a scalable target is registered for the first time");
        }

        var suspended = input.SuspendedState;
        var made = new TargetRecord
        {
            What = what,
            Arn = before?.Arn ?? arn,
            Min = input.MinCapacity ?? before!.Min,
            Max = input.MaxCapacity ?? before!.Max,
            Created = before?.Created ?? now,
            InSuspended = suspended?.DynamicScalingInSuspended ?? before?.InSuspended ?? false,
            OutSuspended = suspended?.DynamicScalingOutSuspended ?? before?.OutSuspended ?? false,
            ScheduledSuspended = suspended?.ScheduledScalingSuspended ?? before?.ScheduledSuspended ?? false,
        };
        if (made.Min < least)
        {
            return ScalingFaults.Validation($"Minimum capacity cannot be less than {least}");
        }

        if (made.Max < made.Min)
        {
            return ScalingFaults.Validation("Maximum capacity cannot be less than minimum capacity");
        }

        target = made;
        return null;
    }
}
