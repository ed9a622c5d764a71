using Haneul.AutoScaling.Contracts;
using Haneul.AutoScaling.Targets;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.AutoScaling.Schedules;

/// <summary>
/// Plans a change of a scalable target's bounds, or changes a plan.
/// <see href="https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html"/>
/// </summary>
internal sealed class PutScheduledAction(ScalingTable scaling, ScalableServices services, IIdSource ids)
    : IHandler<PutScheduledActionInput, PutScheduledActionOutput>
{
    public async ValueTask<Outcome<PutScheduledActionOutput>> HandleAsync(
        PutScheduledActionInput input, CallContext context, CancellationToken cancel)
    {
        var what = new ScalingId(input.ServiceNamespace, input.ResourceId, input.ScalableDimension);
        if (services.Find(what, out var error) is null)
        {
            return error!;
        }

        if (input.ScalableTargetAction is { MinCapacity: null, MaxCapacity: null })
        {
            return ScalingFaults.Validation("ScalableTargetAction must have a minimum capacity, a maximum capacity or both");
        }

        if (input.ScalableTargetAction is { } action && action.MaxCapacity < action.MinCapacity)
        {
            return ScalingFaults.Validation("Maximum capacity cannot be less than minimum capacity");
        }

        if (input.EndTime <= input.StartTime)
        {
            return ScalingFaults.Validation("EndTime must be later than StartTime");
        }

        if (input.EndTime <= context.Time)
        {
            return ScalingFaults.Validation("EndTime must be in the future");
        }

        return await scaling.Of(context).UpdateAsync((input, context, what, id: ids.NewUuid()), static (current, batch, call) =>
        {
            var (input, context, what, id) = call;
            if (TargetRecord.Find(current, what) is null)
            {
                return (Outcome<PutScheduledActionOutput>)ScalingFaults.NoTarget(what);
            }

            // What is not given stays as it was; times that are not given are taken away.
            var before = ScheduleRecord.Find(current, what, input.ScheduledActionName);
            if ((input.Schedule ?? before?.Expression) is not { } expression)
            {
                return ScalingFaults.Validation("Schedule is required for a new scheduled action");
            }

            if (input.ScalableTargetAction is null && before is null)
            {
                return ScalingFaults.Validation("ScalableTargetAction is required for a new scheduled action");
            }

            var record = new ScheduleRecord
            {
                What = what,
                Name = input.ScheduledActionName,
                Id = before?.Id ?? id,
                Expression = expression,
                Timezone = input.Timezone ?? before?.Timezone,
                Start = input.StartTime,
                End = input.EndTime,
                Min = input.ScalableTargetAction is { } given ? given.MinCapacity : before!.Min,
                Max = input.ScalableTargetAction is { } also ? also.MaxCapacity : before!.Max,
                Created = before?.Created ?? context.Time,
            };
            try
            {
                record = record.Waiting(context.Time);
            }
            catch (FormatException exception)
            {
                return ScalingFaults.Validation(exception.Message);
            }

            if (record.Next is null)
            {
                return ScalingFaults.Validation("The scheduled action would never run: its times are in the past");
            }

            batch.Put(record.Key, record.Encode());
            return new PutScheduledActionOutput();
        });
    }
}
