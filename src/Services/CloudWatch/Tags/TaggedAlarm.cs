using Haneul.CloudWatch.Alarms;
using Haneul.CloudWatch.Contracts;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.CloudWatch.Tags;

/// <summary>The alarm that a tag operation means; of CloudWatch's resources only alarms have tags here.</summary>
internal static class TaggedAlarm
{
    /// <returns>The error of an ARN that is none of the caller's alarms.</returns>
    public static ServiceError? Find(IPartitionReader partition, string arn, CallContext context)
    {
        var name = AlarmArn.Name(arn);
        if (arn != AlarmArn.Of(context, name))
        {
            return CloudWatchFaults.Value($"The value {arn} for parameter ResourceARN is invalid.");
        }

        return partition.Contains(AlarmTable.Key(name))
            ? null
            : CloudWatchErrors.ResourceNotFoundException.With(null, new ResourceNotFoundException { ResourceType = "alarm", ResourceId = name });
    }
}
