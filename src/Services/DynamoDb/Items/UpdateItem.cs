using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Expressions;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Items;

/// <summary>
/// Changes some attributes of an item, or makes the item of its key and them.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html"/>
/// </summary>
internal sealed class UpdateItem(ItemWriter writer) : IHandler<UpdateItemInput, UpdateItemOutput>
{
    public async ValueTask<Outcome<UpdateItemOutput>> HandleAsync(UpdateItemInput input, CallContext context, CancellationToken cancel)
    {
        var units = new WriteUnits();
        var change = Change(input);
        var (result, table) = await writer.WriteAsync(context, input.TableName, change, units);
        if (result.ConditionFailed)
        {
            return result.Failure(input.ReturnValuesOnConditionCheckFailure);
        }

        return new UpdateItemOutput
        {
            Attributes = Returned(input.ReturnValues, result, change.Actions!),
            ConsumedCapacity = units.Describe(table, input.ReturnConsumedCapacity),
            ItemCollectionMetrics = ItemCollections.Describe(table, input.Key, input.ReturnItemCollectionMetrics),
        };
    }

    /// <summary>The whole item, or the parts of it that the update named; nothing if there are none.</summary>
    public static AttributeMap? Returned(string? wanted, ChangeResult result, IReadOnlyList<UpdateAction> actions)
    {
        var item = wanted is ReturnValue.AllOld or ReturnValue.UpdatedOld ? result.Old
            : wanted is ReturnValue.AllNew or ReturnValue.UpdatedNew ? result.New
            : null;
        if (item is null || wanted is ReturnValue.AllOld or ReturnValue.AllNew)
        {
            return item is null ? null : new AttributeMap(item);
        }

        var parts = ItemProjection.Of(actions.Select(action => action.Path)).Apply(item);
        return Encoded.Count(parts) == 0 ? null : new AttributeMap(parts);
    }

    private static ItemChange Change(UpdateItemInput input)
    {
        ExpressionParameters.Check(
            [("UpdateExpression", input.UpdateExpression), ("ConditionExpression", input.ConditionExpression)],
            [("AttributeUpdates", input.AttributeUpdates), ("Expected", input.Expected), ("ConditionalOperator", input.ConditionalOperator)],
            input.ExpressionAttributeNames is not null,
            input.ExpressionAttributeValues is not null);
        DynamoErrors.ThrowIfInvalid(input.Key);
        var actions = input.AttributeUpdates is { } updates ? Legacy.Updates(updates) : [];
        var condition = Legacy.Expected(input.Expected, input.ConditionalOperator);
        if (input.UpdateExpression is not null || input.ConditionExpression is not null)
        {
            var scope = new ExpressionScope(input.ExpressionAttributeNames, input.ExpressionAttributeValues);
            actions = input.UpdateExpression is { } update ? UpdateParser.Parse(update, scope) : actions;
            condition = ConditionParser.Parse(input.ConditionExpression, "ConditionExpression", scope);
            scope.RefuseUnused();
        }

        return new ItemChange(ChangeKind.Update, input.Key, condition, actions);
    }
}
