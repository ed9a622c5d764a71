using Haneul.AutoScaling.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.AutoScaling.Schedules;

/// <summary>Lists scheduled actions of a service, 50 a page.</summary>
internal sealed class DescribeScheduledActions(ScalingTable scaling) : IHandler<DescribeScheduledActionsInput, DescribeScheduledActionsOutput>
{
    public ValueTask<Outcome<DescribeScheduledActionsOutput>> HandleAsync(
        DescribeScheduledActionsInput input, CallContext context, CancellationToken cancel)
    {
        var prefix = AutoScalingKeyspace.Key(AutoScalingKeyspace.Schedules, input.ServiceNamespace);
        var found = ScalingTable.List(scaling.Of(context), prefix, ScheduleJson.Default.ScheduleRecord)
            .Where(action => (input.ScheduledActionNames is not { Count: > 0 } names || names.Contains(action.Record.Name))
                && (input.ResourceId is null || input.ResourceId == action.Record.What.Resource)
                && (input.ScalableDimension is null || input.ScalableDimension == action.Record.What.Dimension))
            .ToList();
        if (ScalingPage<ScheduleRecord>.Cut(found, input.MaxResults, input.NextToken, out var error) is not { } page)
        {
            return new(error!);
        }

        return new(new DescribeScheduledActionsOutput
        {
            ScheduledActions = [.. page.Items.Select(action => new ScheduledAction
            {
                ScheduledActionName = action.Name,
                ScheduledActionARN = action.ArnIn(context.Account, context.Region),
                ServiceNamespace = action.What.Namespace,
                ResourceId = action.What.Resource,
                ScalableDimension = action.What.Dimension,
                Schedule = action.Expression,
                Timezone = action.Timezone,
                StartTime = action.Start,
                EndTime = action.End,
                ScalableTargetAction = new ScalableTargetAction { MinCapacity = action.Min, MaxCapacity = action.Max },
                CreationTime = action.Created,
            })],
            NextToken = page.Next,
        });
    }
}
