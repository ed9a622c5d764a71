using Haneul.AutoScaling.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.AutoScaling.Tags;

/// <summary>Lists the tags of a scalable target.</summary>
internal sealed class ListTagsForResource(ScalingTable scaling) : IHandler<ListTagsForResourceInput, ListTagsForResourceOutput>
{
    public ValueTask<Outcome<ListTagsForResourceOutput>> HandleAsync(
        ListTagsForResourceInput input, CallContext context, CancellationToken cancel)
    {
        var partition = scaling.Of(context);
        return new(TagTable.CheckTarget(partition, input.ResourceARN) is { } error
            ? error
            : new ListTagsForResourceOutput { Tags = TagTable.List(partition, input.ResourceARN) });
    }
}
