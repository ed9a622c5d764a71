using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Haneul.DynamoDb.Tests.Api;

public sealed class TransactionApiTests : Cloud
{
    [Fact]
    public async Task All_changes_are_made_together()
    {
        await CreateAsync();
        await Client.PutItemAsync("tab", Key("b"), Cancel);
        await Client.TransactWriteItemsAsync(
            new TransactWriteItemsRequest
            {
                TransactItems =
                [
                    new() { Put = new() { TableName = "tab", Item = Key("a"), ConditionExpression = "attribute_not_exists(p)" } },
                    new() { Delete = new() { TableName = "tab", Key = Key("b") } },
                    new() { Update = new() { TableName = "tab", Key = Key("c"), UpdateExpression = "SET g = :g", ExpressionAttributeValues = new() { [":g"] = S("x") } } },
                    new() { ConditionCheck = new() { TableName = "tab", Key = Key("d"), ConditionExpression = "attribute_not_exists(p)" } },
                ],
            },
            Cancel);
        var read = await Client.TransactGetItemsAsync(
            new TransactGetItemsRequest { TransactItems = [.. "abc".Select(p => new TransactGetItem { Get = new() { TableName = "tab", Key = Key(p.ToString()) } })] }, Cancel);
        Assert.Equal([2, 0, 3], read.Responses.Select(response => response.Item?.Count ?? 0));
    }

    [Fact]
    public async Task One_failed_condition_undoes_all_and_reasons_stand_in_order()
    {
        await CreateAsync();
        await Client.PutItemAsync("tab", Item(("p", S("b")), ("c", N(1)), ("v", S("there"))), Cancel);
        var failed = await Assert.ThrowsAsync<TransactionCanceledException>(() => Client.TransactWriteItemsAsync(
            new TransactWriteItemsRequest
            {
                TransactItems =
                [
                    new() { Put = new() { TableName = "tab", Item = Key("a") } },
                    new()
                    {
                        Put = new()
                        {
                            TableName = "tab", Item = Key("b"), ConditionExpression = "attribute_not_exists(p)",
                            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
                        },
                    },
                ],
            },
            Cancel));
        Assert.Equal(
            "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]", failed.Message);
        Assert.Equal(["None", "ConditionalCheckFailed"], failed.CancellationReasons.Select(reason => reason.Code));
        Assert.Equal("there", failed.CancellationReasons[1].Item["v"].S);
        Assert.False((await Client.GetItemAsync("tab", Key("a"), Cancel)).IsItemSet);
    }

    [Fact]
    public async Task A_token_makes_a_repeated_request_harmless_for_ten_minutes()
    {
        await CreateAsync();
        await AddAsync("1");
        await AddAsync("1");
        Assert.Equal("1", (await Client.GetItemAsync("tab", Key("a"), Cancel)).Item["x"].N);
        Assert.StartsWith("IdempotentParameterMismatchException", await RefusalAsync(() => AddAsync("2")), StringComparison.Ordinal);
        Time.Advance(TimeSpan.FromMinutes(10));
        await AddAsync("2");
        Assert.Equal("3", (await Client.GetItemAsync("tab", Key("a"), Cancel)).Item["x"].N);

        Task AddAsync(string amount) => Client.TransactWriteItemsAsync(
            new TransactWriteItemsRequest
            {
                ClientRequestToken = "token",
                TransactItems =
                [
                    new()
                    {
                        Update = new()
                        {
                            TableName = "tab", Key = Key("a"), UpdateExpression = "ADD x :x", ExpressionAttributeValues = new() { [":x"] = new() { N = amount } },
                        },
                    },
                ],
            },
            Cancel);
    }

    [Fact]
    public async Task Concurrent_transactions_lose_nothing()
    {
        await CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Client.TransactWriteItemsAsync(
            new TransactWriteItemsRequest { TransactItems = [.. "abcd".Select(p => Add(p.ToString()))] }, Cancel)));
        foreach (var p in "abcd")
        {
            Assert.Equal("40", (await Client.GetItemAsync("tab", Key(p.ToString()), Cancel)).Item["x"].N);
        }

        TransactWriteItem Add(string p) => new()
        {
            Update = new() { TableName = "tab", Key = Key(p), UpdateExpression = "ADD x :x", ExpressionAttributeValues = new() { [":x"] = N(1) } },
        };
    }

    [Fact]
    public async Task Requests_are_refused_as_aws_refuses_them()
    {
        await CreateAsync();
        var put = new TransactWriteItem { Put = new() { TableName = "tab", Item = Key("a") } };
        Assert.Equal(
            "ValidationException: Transaction request cannot include multiple operations on one item",
            await RefusalAsync(() => Client.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = [put, put] }, Cancel)));
        var elsewhere = new TransactWriteItem { Put = new() { TableName = "none", Item = Key("a") } };
        Assert.Equal(
            "ResourceNotFoundException: Requested resource not found",
            await RefusalAsync(() => Client.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = [elsewhere] }, Cancel)));
        var keyless = new TransactWriteItem { Put = new() { TableName = "tab", Item = Item(("p", S("a"))) } };
        Assert.EndsWith(
            "[ValidationError]", await RefusalAsync(() => Client.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = [keyless] }, Cancel)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batches_read_and_write_many_items()
    {
        await CreateAsync();
        var written = await Client.BatchWriteItemAsync(
            new BatchWriteItemRequest
            {
                RequestItems = new() { ["tab"] = [.. Enumerable.Range(0, 25).Select(n => new WriteRequest(new PutRequest(Key("k" + n))))] },
                ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
            },
            Cancel);
        Assert.Equal(25, Assert.Single(written.ConsumedCapacity).CapacityUnits);
        var read = await Client.BatchGetItemAsync(
            new BatchGetItemRequest { RequestItems = new() { ["tab"] = new() { Keys = [.. Enumerable.Range(0, 40).Select(n => Key("k" + n))] } } }, Cancel);
        Assert.Equal(25, read.Responses["tab"].Count);
        Assert.Equal(
            "ValidationException: Provided list of item keys contains duplicates",
            await RefusalAsync(() => Client.BatchGetItemAsync(
                new BatchGetItemRequest { RequestItems = new() { ["tab"] = new() { Keys = [Key("a"), Key("a")] } } }, Cancel)));
    }

    private static Dictionary<string, AttributeValue> Key(string p) => Item(("p", S(p)), ("c", N(1)));
}
