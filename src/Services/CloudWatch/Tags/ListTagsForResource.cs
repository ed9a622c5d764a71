using Haneul.CloudWatch.Alarms;
using Haneul.CloudWatch.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.CloudWatch.Tags;

/// <summary>Lists the tags of an alarm; what is not there has none.</summary>
internal sealed class ListTagsForResource(AlarmTable alarms) : IHandler<ListTagsForResourceInput, ListTagsForResourceOutput>
{
    public ValueTask<Outcome<ListTagsForResourceOutput>> HandleAsync(
        ListTagsForResourceInput input, CallContext context, CancellationToken cancel) =>
        new(new ListTagsForResourceOutput
        {
            Tags = [.. TagTable.List(alarms.Of(context), input.ResourceARN).Select(tag => new Tag { Key = tag.Key, Value = tag.Value })],
        });
}
