using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Expressions;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Items;

/// <summary>
/// Removes an item, if there is one.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html"/>
/// </summary>
internal sealed class DeleteItem(ItemWriter writer) : IHandler<DeleteItemInput, DeleteItemOutput>
{
    public async ValueTask<Outcome<DeleteItemOutput>> HandleAsync(DeleteItemInput input, CallContext context, CancellationToken cancel)
    {
        var units = new WriteUnits();
        var (result, table) = await writer.WriteAsync(context, input.TableName, Change(input), units);
        if (result.ConditionFailed)
        {
            return result.Failure(input.ReturnValuesOnConditionCheckFailure);
        }

        return new DeleteItemOutput
        {
            Attributes = input.ReturnValues == ReturnValue.AllOld && result.Old is { } old ? new AttributeMap(old) : null,
            ConsumedCapacity = units.Describe(table, input.ReturnConsumedCapacity),
            ItemCollectionMetrics = ItemCollections.Describe(table, input.Key, input.ReturnItemCollectionMetrics),
        };
    }

    private static ItemChange Change(DeleteItemInput input)
    {
        ExpressionParameters.Check(
            [("ConditionExpression", input.ConditionExpression)],
            [("Expected", input.Expected), ("ConditionalOperator", input.ConditionalOperator)],
            input.ExpressionAttributeNames is not null,
            input.ExpressionAttributeValues is not null);
        DynamoErrors.ThrowIfInvalid(input.Key);
        DynamoErrors.ThrowIf(
            input.ReturnValues is not (null or ReturnValue.AllOld or ReturnValue.None), "ReturnValues can only be ALL_OLD or NONE");
        var condition = Legacy.Expected(input.Expected, input.ConditionalOperator);
        if (input.ConditionExpression is not null)
        {
            var scope = new ExpressionScope(input.ExpressionAttributeNames, input.ExpressionAttributeValues);
            condition = ConditionParser.Parse(input.ConditionExpression, "ConditionExpression", scope);
            scope.RefuseUnused();
        }

        return new ItemChange(ChangeKind.Delete, input.Key, condition);
    }
}
