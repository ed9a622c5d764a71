using Haneul.DynamoDb.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Tables;

/// <summary>
/// Lists a table's tags; all fit one page.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html"/>
/// </summary>
internal sealed class ListTagsOfResource(TableStore tables) : IHandler<ListTagsOfResourceInput, ListTagsOfResourceOutput>
{
    public ValueTask<Outcome<ListTagsOfResourceOutput>> HandleAsync(
        ListTagsOfResourceInput input, CallContext context, CancellationToken cancel)
    {
        if (!TableArn.TryParse(input.ResourceArn, out _, out _, out _))
        {
            return new(DynamoErrors.Validation($"Invalid TableArn: Invalid ResourceArn provided as input {input.ResourceArn}"));
        }

        return new(tables.Find(context, input.ResourceArn) is { } table
            ? new ListTagsOfResourceOutput { Tags = [.. table.Record.Tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })] }
            : TagErrors.NotFound(input.ResourceArn));
    }
}
