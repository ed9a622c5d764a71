using Haneul.AutoScaling.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.AutoScaling.Tags;

/// <summary>Removes tags of a scalable target.</summary>
internal sealed class UntagResource(ScalingTable scaling) : IHandler<UntagResourceInput, UntagResourceOutput>
{
    public ValueTask<Outcome<UntagResourceOutput>> HandleAsync(UntagResourceInput input, CallContext context, CancellationToken cancel) =>
        scaling.Of(context).UpdateAsync(input, static (current, batch, input) =>
        {
            if (TagTable.CheckTarget(current, input.ResourceARN) is { } error)
            {
                return (Outcome<UntagResourceOutput>)error;
            }

            foreach (var key in input.TagKeys)
            {
                batch.Delete(AutoScalingKeyspace.Key(AutoScalingKeyspace.Tags, input.ResourceARN, key));
            }

            return new UntagResourceOutput();
        });
}
