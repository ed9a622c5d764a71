using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Expressions;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Items;

/// <summary>
/// Adds an item or replaces it.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html"/>
/// </summary>
internal sealed class PutItem(ItemWriter writer) : IHandler<PutItemInput, PutItemOutput>
{
    public async ValueTask<Outcome<PutItemOutput>> HandleAsync(PutItemInput input, CallContext context, CancellationToken cancel)
    {
        var units = new WriteUnits();
        var (result, table) = await writer.WriteAsync(context, input.TableName, Change(input), units);
        if (result.ConditionFailed)
        {
            return result.Failure(input.ReturnValuesOnConditionCheckFailure);
        }

        return new PutItemOutput
        {
            Attributes = input.ReturnValues == ReturnValue.AllOld && result.Old is { } old ? new AttributeMap(old) : null,
            ConsumedCapacity = units.Describe(table, input.ReturnConsumedCapacity),
            ItemCollectionMetrics = ItemCollections.Describe(table, input.Item, input.ReturnItemCollectionMetrics),
        };
    }

    private static ItemChange Change(PutItemInput input)
    {
        ExpressionParameters.Check(
            [("ConditionExpression", input.ConditionExpression)],
            [("Expected", input.Expected), ("ConditionalOperator", input.ConditionalOperator)],
            input.ExpressionAttributeNames is not null,
            input.ExpressionAttributeValues is not null);
        DynamoErrors.ThrowIfInvalid(input.Item);
        DynamoErrors.ThrowIf(
            input.ReturnValues is not (null or ReturnValue.AllOld or ReturnValue.None), "ReturnValues can only be ALL_OLD or NONE");
        DynamoErrors.ThrowIf(ItemSize.OfMap(input.Item.Span) > ItemSize.Max, "Item size has exceeded the maximum allowed size");
        var condition = Legacy.Expected(input.Expected, input.ConditionalOperator);
        if (input.ConditionExpression is not null)
        {
            var scope = new ExpressionScope(input.ExpressionAttributeNames, input.ExpressionAttributeValues);
            condition = ConditionParser.Parse(input.ConditionExpression, "ConditionExpression", scope);
            scope.RefuseUnused();
        }

        return new ItemChange(ChangeKind.Put, input.Item, condition);
    }
}
