using Haneul.AutoScaling.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.AutoScaling.Activities;

/// <summary>Lists what was scaled in the past six weeks, the newest first, 50 a page.</summary>
internal sealed class DescribeScalingActivities(ScalingTable scaling) : IHandler<DescribeScalingActivitiesInput, DescribeScalingActivitiesOutput>
{
    public ValueTask<Outcome<DescribeScalingActivitiesOutput>> HandleAsync(
        DescribeScalingActivitiesInput input, CallContext context, CancellationToken cancel)
    {
        if (input.ScalableDimension is not null && input.ResourceId is null)
        {
            return new(ScalingFaults.Validation("ResourceId must be specified with ScalableDimension"));
        }

        var prefix = AutoScalingKeyspace.Key(AutoScalingKeyspace.Activities, input.ServiceNamespace);
        var oldest = context.Time - ActivityRecord.Kept;
        var found = ScalingTable.List(scaling.Of(context), prefix, ActivityJson.Default.ActivityRecord)
            .Where(activity => activity.Record.Started >= oldest
                && (input.ResourceId is null || input.ResourceId == activity.Record.What.Resource)
                && (input.ScalableDimension is null || input.ScalableDimension == activity.Record.What.Dimension)
                && (activity.Record.NotScaled is null || input.IncludeNotScaledActivities == true))
            .Reverse()
            .OrderByDescending(activity => activity.Record.Started)
            .ToList();
        if (ScalingPage<ActivityRecord>.Cut(found, input.MaxResults, input.NextToken, out var error) is not { } page)
        {
            return new(error!);
        }

        return new(new DescribeScalingActivitiesOutput { ScalingActivities = [.. page.Items.Select(Describe)], NextToken = page.Next });
    }

    private static ScalingActivity Describe(ActivityRecord activity) => new()
    {
        ActivityId = activity.Id,
        ServiceNamespace = activity.What.Namespace,
        ResourceId = activity.What.Resource,
        ScalableDimension = activity.What.Dimension,
        Description = activity.Description,
        Cause = activity.Cause,
        StartTime = activity.Started,
        EndTime = activity.Ended,
        StatusCode = activity.Status,
        StatusMessage = activity.StatusMessage,
        NotScaledReasons = activity.NotScaled is not { } code ? null :
        [
            new NotScaledReason
            {
                Code = code,
                MaxCapacity = code == Scaler.AtMax ? activity.Bound : null,
                MinCapacity = code == Scaler.AtMin ? activity.Bound : null,
                CurrentCapacity = activity.Bound,
            },
        ],
    };
}
