using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Haneul.DynamoDb.Tests.Api;

/// <summary>What tables and indexes are held to, and what an owner may set.</summary>
public sealed class CapacityApiTests : Cloud
{
    [Fact]
    public async Task A_hot_key_on_demand_is_slowed_down_and_others_are_not()
    {
        _ = Time;
        await CreateAsync();
        await WriteAsync("hot", 1_000);
        var refused = await Assert.ThrowsAsync<ThrottlingException>(() => WriteAsync("hot", 1));
        Assert.StartsWith(
            "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling", refused.Message, StringComparison.Ordinal);
        var reason = Assert.Single(refused.ThrottlingReasons);
        Assert.Equal(("TableWriteKeyRangeThroughputExceeded", "arn:aws:dynamodb:us-east-1:000000000000:table/tab"), (reason.Reason, reason.Resource));
        await WriteAsync("other", 1);
        Time.Advance(TimeSpan.FromSeconds(1));
        await WriteAsync("hot", 1);
    }

    [Fact]
    public async Task An_index_without_units_holds_back_only_the_writes_that_change_it()
    {
        _ = Time;
        await CreateAsync(change: request =>
        {
            request.BillingMode = BillingMode.PROVISIONED;
            request.ProvisionedThroughput = new(100, 100);
            request.GlobalSecondaryIndexes[0].ProvisionedThroughput = new(1, 1);
        });
        await WriteAsync("a", 301, ("g", S("x")));
        var refused = await Assert.ThrowsAsync<ProvisionedThroughputExceededException>(() => WriteAsync("a", 1, ("g", S("x"))));
        Assert.StartsWith(
            "The level of configured provisioned throughput for one or more global secondary indexes", refused.Message, StringComparison.Ordinal);
        Assert.Equal("IndexWriteProvisionedThroughputExceeded", Assert.Single(refused.ThrottlingReasons).Reason);
        await WriteAsync("b", 2);

        var batch = await BatchAsync(new() { ["tab"] = [Put("c", ("g", S("x"))), Put("d")] });
        Assert.Equal("c", Assert.Single(batch.UnprocessedItems["tab"]).PutRequest.Item["p"].S);

        var canceled = await Assert.ThrowsAsync<TransactionCanceledException>(() => Client.TransactWriteItemsAsync(
            new TransactWriteItemsRequest
            {
                TransactItems =
                [
                    new() { Put = new Put { TableName = "tab", Item = Item(("p", S("e")), ("c", N(1))) } },
                    new() { Put = new Put { TableName = "tab", Item = Item(("p", S("f")), ("c", N(1)), ("g", S("x"))) } },
                ],
            },
            Cancel));
        Assert.Equal(["None", "ProvisionedThroughputExceeded"], canceled.CancellationReasons.Select(reason => reason.Code));
    }

    [Fact]
    public async Task A_batch_is_refused_only_if_nothing_of_it_was_done()
    {
        _ = Time;
        await CreateAsync(change: request =>
        {
            request.BillingMode = BillingMode.PROVISIONED;
            request.ProvisionedThroughput = new(1, 1);
            request.GlobalSecondaryIndexes[0].ProvisionedThroughput = new(1, 1);
        });
        await CreateAsync("other");
        await WriteAsync("a", 301);
        await Assert.ThrowsAsync<ProvisionedThroughputExceededException>(
            () => BatchAsync(new() { ["tab"] = [Put("b")] }));
        var partly = await BatchAsync(new() { ["tab"] = [Put("b")], ["other"] = [Put("b")] });
        Assert.Equal(["tab"], partly.UnprocessedItems.Keys);
    }

    [Fact]
    public async Task Limits_on_demand_are_merged_shown_and_enforced()
    {
        _ = Time;
        await CreateAsync(change: request => request.OnDemandThroughput = new() { MaxReadRequestUnits = 5, MaxWriteRequestUnits = 1 });
        Assert.Equal(5, (await DescribeAsync()).OnDemandThroughput.MaxReadRequestUnits);
        await WriteAsync("a", 301);
        Assert.Equal(
            "ThrottlingException: Throughput exceeds the maximum OnDemandThroughput configured on table or index",
            await RefusalAsync(() => WriteAsync("b", 1)));

        await UpdateAsync(request => request.OnDemandThroughput = new() { MaxWriteRequestUnits = -1 });
        var left = (await DescribeAsync()).OnDemandThroughput;
        Assert.Equal(5, left.MaxReadRequestUnits);
        Assert.Null(left.MaxWriteRequestUnits);
        Time.Advance(TimeSpan.FromSeconds(1));
        await WriteAsync("b", 1);

        Assert.Equal(
            "ValidationException: One or more parameter values were invalid: Requested MaxWriteRequestUnits for OnDemandThroughput for table is outside of valid range",
            await RefusalAsync(() => UpdateAsync(request => request.OnDemandThroughput = new() { MaxWriteRequestUnits = 0 })));
        Assert.Equal(
            "LimitExceededException: Subscriber limit exceeded: Requested MaxReadRequestUnits for OnDemandThroughput for table "
            + "exceeds TableMaxReadCapacityUnits of the account in region us-east-1",
            await RefusalAsync(() => UpdateAsync(request => request.OnDemandThroughput = new() { MaxReadRequestUnits = 40_001 })));
    }

    [Fact]
    public async Task Warm_throughput_is_told_and_only_grows()
    {
        await CreateAsync(change: request => request.WarmThroughput = new() { ReadUnitsPerSecond = 12_001 });
        var warm = (await DescribeAsync()).WarmThroughput;
        Assert.Equal((12_001, 4_000), (warm.ReadUnitsPerSecond!.Value, warm.WriteUnitsPerSecond!.Value));

        await UpdateAsync(request => request.WarmThroughput = new() { WriteUnitsPerSecond = 6_000 });
        Assert.Equal(6_000, (await DescribeAsync()).WarmThroughput.WriteUnitsPerSecond);
        Assert.Equal(
            "ValidationException: One or more parameter values were invalid: Requested ReadUnitsPerSecond for WarmThroughput for table "
            + "is lower than current WarmThroughput, decreasing WarmThroughput is not supported",
            await RefusalAsync(() => UpdateAsync(request => request.WarmThroughput = new() { ReadUnitsPerSecond = 12_000 })));
        Assert.StartsWith(
            "ValidationException: One or more parameter values were invalid: Requested ReadUnitsPerSecond for WarmThroughput for table is lower than initial",
            await RefusalAsync(() => CreateAsync("low", request => request.WarmThroughput = new() { ReadUnitsPerSecond = 1 })), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Throughput_is_decreased_four_times_a_day_and_then_once_an_hour()
    {
        Time.SetUtcNow(new DateTimeOffset(2026, 10, 8, 9, 5, 0, TimeSpan.Zero));
        await ProvisionAsync(10);
        for (var units = 9; units >= 6; units--)
        {
            await SetAsync(units);
        }

        Assert.Equal(4, (await DescribeAsync()).ProvisionedThroughput.NumberOfDecreasesToday);
        Assert.Equal(
            "LimitExceededException: Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day. "
            + "After the first 4 decreases, each subsequent decrease in the same UTC day can be performed at most once every 3600 seconds. "
            + "Number of decreases today: 4. Last decrease at Thursday, October 8, 2026 at 9:05:00 AM Coordinated Universal Time. "
            + "Next decrease can be made at Thursday, October 8, 2026 at 10:05:00 AM Coordinated Universal Time.",
            await RefusalAsync(() => SetAsync(5)));
        await SetAsync(20);
        Time.Advance(TimeSpan.FromHours(1));
        await SetAsync(5);
        Assert.StartsWith("LimitExceededException", await RefusalAsync(() => SetAsync(4)), StringComparison.Ordinal);
        Time.SetUtcNow(new DateTimeOffset(2026, 10, 9, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal(0, (await DescribeAsync()).ProvisionedThroughput.NumberOfDecreasesToday);
        await SetAsync(4);
        Assert.Equal(1, (await DescribeAsync()).ProvisionedThroughput.NumberOfDecreasesToday);
    }

    [Fact]
    public async Task A_table_is_switched_to_on_demand_four_times_within_24_hours()
    {
        await ProvisionAsync(1);
        for (var i = 0; i < 4; i++)
        {
            await UpdateAsync(request => request.BillingMode = BillingMode.PAY_PER_REQUEST);
            await SetAsync(1, BillingMode.PROVISIONED);
            Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.StartsWith(
            "LimitExceededException: Subscriber limit exceeded: Update to PayPerRequest mode are limited to 4 times in 1 day(s). Last update at",
            await RefusalAsync(() => UpdateAsync(request => request.BillingMode = BillingMode.PAY_PER_REQUEST)), StringComparison.Ordinal);
        Time.Advance(TimeSpan.FromHours(20));
        await UpdateAsync(request => request.BillingMode = BillingMode.PAY_PER_REQUEST);
    }

    [Fact]
    public async Task Switching_to_provisioned_needs_units_for_every_index()
    {
        await CreateAsync();
        Assert.Equal(
            "ValidationException: One or more parameter values were invalid: ProvisionedThroughput must be specified for index: byG",
            await RefusalAsync(() => SetAsync(5, BillingMode.PROVISIONED)));
        await UpdateAsync(request =>
        {
            request.BillingMode = BillingMode.PROVISIONED;
            request.ProvisionedThroughput = new(5, 5);
            request.GlobalSecondaryIndexUpdates = [new() { Update = new() { IndexName = "byG", ProvisionedThroughput = new(6, 7) } }];
        });
        Assert.Equal(7, (await DescribeAsync()).GlobalSecondaryIndexes[0].ProvisionedThroughput.WriteCapacityUnits);
    }

    [Fact]
    public async Task Provisioned_units_stay_within_the_quotas_of_a_table_and_an_account()
    {
        Assert.Equal(
            "LimitExceededException: The requested ReadCapacityUnits, 40001, is above the per table maximum for the account in us-east-1. "
            + "Per table maximum: 40000. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.",
            await RefusalAsync(() => ProvisionAsync(40_001)));
        await ProvisionAsync(40_000);
        await ProvisionAsync(40_000, "second");
        Assert.StartsWith(
            "LimitExceededException: This request would have caused the ReadCapacityUnits limit to be exceeded for the account in us-east-1. "
            + "Current ReadCapacityUnits reserved by the account: 80000. Limit: 80000. Requested: 1.",
            await RefusalAsync(() => ProvisionAsync(1, "third")), StringComparison.Ordinal);
    }

    private static WriteRequest Put(string p, params (string Name, AttributeValue Value)[] more) =>
        new(new PutRequest(Item([("p", S(p)), ("c", N(1)), .. more])));

    private Task<BatchWriteItemResponse> BatchAsync(Dictionary<string, List<WriteRequest>> requests) => Client.BatchWriteItemAsync(requests, Cancel);

    // An item that takes this many units, in its own collection.
    private Task<PutItemResponse> WriteAsync(string p, int units, params (string Name, AttributeValue Value)[] more) => units > 400
        ? WriteManyAsync(p, units)
        : Client.PutItemAsync(
            "tab", Item([("p", S(p)), ("c", N(units)), ("x", S(new string('x', (units * 1024) - 100))), .. more]), Cancel);

    private async Task<PutItemResponse> WriteManyAsync(string p, int units)
    {
        await WriteAsync(p, 400);
        return await WriteAsync(p, units - 400);
    }

    private Task<CreateTableResponse> ProvisionAsync(int units, string name = "tab") => Client.CreateTableAsync(
        new CreateTableRequest
        {
            TableName = name,
            ProvisionedThroughput = new(units, units),
            KeySchema = [new("p", KeyType.HASH)],
            AttributeDefinitions = [new("p", ScalarAttributeType.S)],
        },
        Cancel);

    private Task<UpdateTableResponse> SetAsync(int units, BillingMode? mode = null) => UpdateAsync(request =>
    {
        request.BillingMode = mode;
        request.ProvisionedThroughput = new(units, units);
    });

    private Task<UpdateTableResponse> UpdateAsync(Action<UpdateTableRequest> change)
    {
        var request = new UpdateTableRequest { TableName = "tab" };
        change(request);
        return Client.UpdateTableAsync(request, Cancel);
    }

    private async Task<TableDescription> DescribeAsync() => (await Client.DescribeTableAsync("tab", Cancel)).Table;
}
