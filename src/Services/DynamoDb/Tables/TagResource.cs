using Haneul.DynamoDb.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.DynamoDb.Tables;

/// <summary>Adds tags to a table. <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TagResource.html"/></summary>
internal sealed class TagResource(TableChanger changer) : IHandler<TagResourceInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(TagResourceInput input, CallContext context, CancellationToken cancel)
    {
        var outcome = await changer.ChangeAsync(
            context, input.ResourceArn, record => record with { Tags = TableTags.Merge(record.Tags, input.Tags) });
        return outcome.Succeeded ? Unit.Value : TagErrors.Of(outcome.Error, input.ResourceArn);
    }
}
