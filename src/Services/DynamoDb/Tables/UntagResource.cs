using Haneul.DynamoDb.Contracts;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.DynamoDb.Tables;

/// <summary>Takes tags from a table. <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html"/></summary>
internal sealed class UntagResource(TableChanger changer) : IHandler<UntagResourceInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(UntagResourceInput input, CallContext context, CancellationToken cancel)
    {
        var outcome = await changer.ChangeAsync(context, input.ResourceArn, record => record with
        {
            Tags = record.Tags.Where(tag => !input.TagKeys.Contains(tag.Key)).ToDictionary(),
        });
        return outcome.Succeeded ? Unit.Value : TagErrors.Of(outcome.Error, input.ResourceArn);
    }
}

/// <summary>The tag operations name the ARN where others name the table.</summary>
internal static class TagErrors
{
    public static ServiceError Of(ServiceError error, string arn) => error.Shape.Name == DynamoDbErrors.ResourceNotFoundException.Name
        ? NotFound(arn)
        : error;

    public static ServiceError NotFound(string arn) =>
        DynamoDbErrors.ResourceNotFoundException.With($"Requested resource not found: ResourcArn: {arn} not found");
}
