using Haneul.CloudWatch.Alarms;
using Haneul.CloudWatch.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.CloudWatch.Tags;

/// <summary>Sets tags of an alarm.</summary>
internal sealed class TagResource(AlarmTable alarms) : IHandler<TagResourceInput, TagResourceOutput>
{
    public ValueTask<Outcome<TagResourceOutput>> HandleAsync(TagResourceInput input, CallContext context, CancellationToken cancel) =>
        alarms.Of(context).UpdateAsync((input, context), static (current, batch, call) =>
        {
            var (input, context) = call;
            if ((TaggedAlarm.Find(current, input.ResourceARN, context)
                ?? TagTable.Check(input.Tags, TagTable.List(current, input.ResourceARN).Keys)) is { } error)
            {
                return (Outcome<TagResourceOutput>)error;
            }

            TagTable.Put(batch, input.ResourceARN, input.Tags);
            return new TagResourceOutput();
        });
}
