using Haneul.CloudWatch.Alarms;
using Haneul.CloudWatch.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.CloudWatch.Tags;

/// <summary>Removes tags of an alarm.</summary>
internal sealed class UntagResource(AlarmTable alarms) : IHandler<UntagResourceInput, UntagResourceOutput>
{
    public ValueTask<Outcome<UntagResourceOutput>> HandleAsync(UntagResourceInput input, CallContext context, CancellationToken cancel) =>
        alarms.Of(context).UpdateAsync((input, context), static (current, batch, call) =>
        {
            var (input, context) = call;
            if (TaggedAlarm.Find(current, input.ResourceARN, context) is { } error)
            {
                return (Outcome<UntagResourceOutput>)error;
            }

            foreach (var key in input.TagKeys)
            {
                batch.Delete(CloudWatchKeyspace.Key(CloudWatchKeyspace.Tags, input.ResourceARN, key));
            }

            return new UntagResourceOutput();
        });
}
