using Haneul.AutoScaling.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.AutoScaling.Tags;

/// <summary>Sets tags of a scalable target.</summary>
internal sealed class TagResource(ScalingTable scaling) : IHandler<TagResourceInput, TagResourceOutput>
{
    public ValueTask<Outcome<TagResourceOutput>> HandleAsync(TagResourceInput input, CallContext context, CancellationToken cancel) =>
        scaling.Of(context).UpdateAsync(input, static (current, batch, input) =>
        {
            if ((TagTable.CheckTarget(current, input.ResourceARN)
                ?? TagTable.Check(input.Tags, TagTable.List(current, input.ResourceARN).Keys)) is { } error)
            {
                return (Outcome<TagResourceOutput>)error;
            }

            TagTable.Put(batch, input.ResourceARN, input.Tags);
            return new TagResourceOutput();
        });
}
