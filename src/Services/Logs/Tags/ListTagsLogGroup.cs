using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Logs.Contracts;
using Haneul.Storage;

namespace Haneul.Logs.Tags;

/// <summary>Lists the tags of a group, by its name.</summary>
internal sealed class ListTagsLogGroup(LogTable logs) : IHandler<ListTagsLogGroupInput, ListTagsLogGroupOutput>
{
    public ValueTask<Outcome<ListTagsLogGroupOutput>> HandleAsync(ListTagsLogGroupInput input, CallContext context, CancellationToken cancel)
    {
        var partition = logs.Of(context);
        var group = input.LogGroupName;
        return new(partition.Contains(LogsKeyspace.Key(LogsKeyspace.Groups, group))
            ? new ListTagsLogGroupOutput { Tags = TagTable.List(partition, group) }
            : LogTable.NoGroup);
    }
}
