using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Logs.Contracts;
using Haneul.Storage;

namespace Haneul.Logs.Tags;

/// <summary>Lists the tags of a group, by its ARN.</summary>
internal sealed class ListTagsForResource(LogTable logs) : IHandler<ListTagsForResourceInput, ListTagsForResourceOutput>
{
    public ValueTask<Outcome<ListTagsForResourceOutput>> HandleAsync(ListTagsForResourceInput input, CallContext context, CancellationToken cancel)
    {
        var partition = logs.Of(context);
        var group = TagTable.Group(input.ResourceArn, context) ?? "";
        return new(partition.Contains(LogsKeyspace.Key(LogsKeyspace.Groups, group))
            ? new ListTagsForResourceOutput { Tags = TagTable.List(partition, group) }
            : LogTable.NoGroup);
    }
}
