using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Haneul.DynamoDb.Tests.Api;

public sealed class ItemApiTests : Cloud
{
    [Fact]
    public async Task Items_are_put_read_changed_and_deleted()
    {
        await CreateAsync();
        var item = Item(("p", S("a")), ("c", N(1)), ("data", new AttributeValue { M = new() { ["x"] = new() { L = [N(1), S("é\"\n")] } } }));
        await Client.PutItemAsync("tab", item, Cancel);
        var read = await Client.GetItemAsync("tab", Item(("p", S("a")), ("c", N(1))), Cancel);
        Assert.Equal("é\"\n", read.Item["data"].M["x"].L[1].S);

        var updated = await Client.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = "tab",
                Key = Item(("p", S("a")), ("c", N(1))),
                UpdateExpression = "SET #d.x[0] = #d.x[0] + :one",
                ExpressionAttributeNames = new() { ["#d"] = "data" },
                ExpressionAttributeValues = new() { [":one"] = N(1) },
                ReturnValues = ReturnValue.UPDATED_NEW,
            },
            Cancel);
        Assert.Equal("2", Assert.Single(updated.Attributes["data"].M["x"].L).N);

        var deleted = await Client.DeleteItemAsync("tab", Item(("p", S("a")), ("c", N(1))), ReturnValue.ALL_OLD, Cancel);
        Assert.Equal("2", deleted.Attributes["data"].M["x"].L[0].N);
        read = await Client.GetItemAsync("tab", Item(("p", S("a")), ("c", N(1))), Cancel);
        Assert.False(read.IsItemSet);
    }

    [Fact]
    public async Task A_failed_condition_changes_nothing_and_shows_the_item_if_asked()
    {
        await CreateAsync();
        await Client.PutItemAsync("tab", Item(("p", S("a")), ("c", N(1)), ("v", S("old"))), Cancel);
        var request = new PutItemRequest
        {
            TableName = "tab",
            Item = Item(("p", S("a")), ("c", N(1)), ("v", S("new"))),
            ConditionExpression = "attribute_not_exists(p)",
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
        var failed = await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => Client.PutItemAsync(request, Cancel));
        Assert.Equal("The conditional request failed", failed.Message);
        Assert.Equal("old", failed.Item["v"].S);
    }

    [Fact]
    public async Task Updates_of_what_is_not_there_make_it_unless_they_only_take_away()
    {
        await CreateAsync();
        var key = Item(("p", S("a")), ("c", N(1)));
        await Client.UpdateItemAsync(new UpdateItemRequest { TableName = "tab", Key = key, UpdateExpression = "REMOVE x" }, Cancel);
        Assert.False((await Client.GetItemAsync("tab", key, Cancel)).IsItemSet);
        await Client.UpdateItemAsync(new UpdateItemRequest { TableName = "tab", Key = key }, Cancel);
        Assert.Equal(2, (await Client.GetItemAsync("tab", key, Cancel)).Item.Count);
    }

    [Fact]
    public async Task The_parameters_from_before_expressions_work()
    {
        await CreateAsync();
        var key = Item(("p", S("a")), ("c", N(1)));
        await Client.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = "tab",
                Key = key,
                AttributeUpdates = new() { ["v"] = new() { Action = AttributeAction.ADD, Value = N(5) }, ["w"] = new() { Action = AttributeAction.PUT, Value = S("x") } },
                Expected = new() { ["v"] = new() { Exists = false } },
            },
            Cancel);
        await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => Client.DeleteItemAsync(
            new DeleteItemRequest
            {
                TableName = "tab",
                Key = key,
                Expected = new() { ["v"] = new() { ComparisonOperator = ComparisonOperator.GT, AttributeValueList = [N(5)] } },
            },
            Cancel));
        var read = await Client.GetItemAsync(new GetItemRequest { TableName = "tab", Key = key, AttributesToGet = ["v"] }, Cancel);
        Assert.Equal("5", Assert.Single(read.Item).Value.N);
    }

    [Fact]
    public async Task Capacity_is_counted_per_table_and_index()
    {
        await CreateAsync();
        var put = await Client.PutItemAsync(
            new PutItemRequest
            {
                TableName = "tab",
                Item = Item(("p", S("a")), ("c", N(1)), ("g", S("g")), ("n", N(1)), ("big", S(new string('x', 2000)))),
                ReturnConsumedCapacity = ReturnConsumedCapacity.INDEXES,
                ReturnItemCollectionMetrics = ReturnItemCollectionMetrics.SIZE,
            },
            Cancel);
        Assert.Equal(2, put.ConsumedCapacity.Table.CapacityUnits);
        Assert.Equal(2, put.ConsumedCapacity.GlobalSecondaryIndexes["byG"].CapacityUnits);
        Assert.Equal(1, put.ConsumedCapacity.LocalSecondaryIndexes["byN"].CapacityUnits);
        Assert.Equal(5, put.ConsumedCapacity.CapacityUnits);
        Assert.Equal([0, 1], put.ItemCollectionMetrics.SizeEstimateRangeGB);
        var get = await Client.GetItemAsync(
            new GetItemRequest { TableName = "tab", Key = Item(("p", S("a")), ("c", N(1))), ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL }, Cancel);
        Assert.Equal(0.5, get.ConsumedCapacity.CapacityUnits);
    }

    [Fact]
    public async Task Refusals_are_worded_as_aws_words_them()
    {
        await CreateAsync();
        await RefusedAsync(
            "ValidationException: One or more parameter values were invalid: Missing the key c in the item", Item(("p", S("a"))));
        await RefusedAsync(
            "ValidationException: One or more parameter values were invalid: Type mismatch for key c expected: N actual: S", Item(("p", S("a")), ("c", S("1"))));
        await RefusedAsync(
            "ValidationException: One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: p",
            Item(("p", S("")), ("c", N(1))));
        await RefusedAsync(
            "ValidationException: One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes",
            Item(("p", S(new string('x', 2049))), ("c", N(1))));
        await RefusedAsync(
            "ValidationException: One or more parameter values were invalid: Type mismatch for Index Key g Expected: S Actual: N IndexName: byG",
            Item(("p", S("a")), ("c", N(1)), ("g", N(1))));
        await RefusedAsync(
            "ValidationException: Item size has exceeded the maximum allowed size", Item(("p", S("a")), ("c", N(1)), ("x", S(new string('x', 400 * 1024)))));
        Assert.Equal("ResourceNotFoundException: Requested resource not found", await RefusalAsync(() => Client.GetItemAsync("none", Item(("p", S("a"))), Cancel)));
        Assert.Equal(
            "ValidationException: The provided key element does not match the schema",
            await RefusalAsync(() => Client.GetItemAsync("tab", Item(("p", S("a"))), Cancel)));
        Assert.Equal(
            "ValidationException: One or more parameter values were invalid: Cannot update attribute c. This attribute is part of the key",
            await RefusalAsync(() => Client.UpdateItemAsync(
                new UpdateItemRequest { TableName = "tab", Key = Item(("p", S("a")), ("c", N(1))), UpdateExpression = "REMOVE c" }, Cancel)));
        Assert.Equal(
            "ValidationException: Can not use both expression and non-expression parameters in the same request: "
            + "Non-expression parameters: {AttributesToGet} Expression parameters: {ProjectionExpression}",
            await RefusalAsync(() => Client.GetItemAsync(
                new GetItemRequest { TableName = "tab", Key = Item(("p", S("a"))), AttributesToGet = ["a"], ProjectionExpression = "a" }, Cancel)));
    }

    private async Task RefusedAsync(string refusal, Dictionary<string, AttributeValue> item) =>
        Assert.Equal(refusal, await RefusalAsync(() => Client.PutItemAsync("tab", item, Cancel)));
}
