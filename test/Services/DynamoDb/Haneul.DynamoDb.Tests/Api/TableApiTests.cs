using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.DynamoDb.Tests.Api;

public sealed class TableApiTests : Cloud
{
    [Fact]
    public async Task A_table_is_described_listed_and_deleted()
    {
        await CreateAsync();
        var table = (await Client.DescribeTableAsync("tab", Cancel)).Table;
        Assert.Equal(TableStatus.ACTIVE, table.TableStatus);
        Assert.Equal("arn:aws:dynamodb:us-east-1:000000000000:table/tab", table.TableArn);
        Assert.Equal("arn:aws:dynamodb:us-east-1:000000000000:table/tab/index/byG", table.GlobalSecondaryIndexes[0].IndexArn);
        Assert.Equal(BillingMode.PAY_PER_REQUEST, table.BillingModeSummary.BillingMode);
        Assert.Equal(["tab"], (await Client.ListTablesAsync(Cancel)).TableNames);
        Assert.Equal("tab", (await Client.DescribeTableAsync(table.TableArn, Cancel)).Table.TableName);
        Assert.Equal(TableStatus.DELETING, (await Client.DeleteTableAsync("tab", Cancel)).TableDescription.TableStatus);
        Assert.Equal(
            "ResourceNotFoundException: Requested resource not found: Table: tab not found", await RefusalAsync(() => Client.DescribeTableAsync("tab", Cancel)));
    }

    [Fact]
    public async Task A_new_table_of_an_old_name_is_empty()
    {
        await CreateAsync();
        await Client.PutItemAsync("tab", Item(("p", S("a")), ("c", N(1))), Cancel);
        Assert.Equal(1, (await Client.DescribeTableAsync("tab", Cancel)).Table.ItemCount);
        await Client.DeleteTableAsync("tab", Cancel);
        await CreateAsync();
        Assert.Equal(0, (await Client.ScanAsync(new ScanRequest("tab"), Cancel)).Count);
        Assert.Equal(0, (await Client.DescribeTableAsync("tab", Cancel)).Table.ItemCount);
    }

    [Fact]
    public async Task Tables_are_refused_as_aws_refuses_them()
    {
        await CreateAsync();
        Assert.Equal("ResourceInUseException: Table already exists: tab", await RefusalAsync(() => CreateAsync()));
        await RefusedAsync(
            "ValidationException: One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
            request => request.ProvisionedThroughput = new(5, 5));
        await RefusedAsync(
            "ValidationException: One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [zz], AttributeDefinitions: [p, c, g, n]",
            request => request.KeySchema = [new("zz", KeyType.HASH)]);
        await RefusedAsync(
            "ValidationException: One or more parameter values were invalid: Duplicate index name: byG", request => request.LocalSecondaryIndexes[0].IndexName = "byG");
        await RefusedAsync(
            "ValidationException: Haneul does not support SSESpecification with KMS of CreateTable yet.", request => request.SSESpecification = new() { Enabled = true });
        await Client.UpdateTableAsync(new UpdateTableRequest { TableName = "tab", DeletionProtectionEnabled = true }, Cancel);
        Assert.Equal(
            "ValidationException: Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
            await RefusalAsync(() => Client.DeleteTableAsync("tab", Cancel)));

        async Task RefusedAsync(string refusal, Action<CreateTableRequest> change) => Assert.Equal(refusal, await RefusalAsync(() => CreateAsync("bad", change)));
    }

    [Fact]
    public async Task An_index_that_comes_later_has_the_items_from_before()
    {
        await CreateAsync();
        for (var i = 0; i < 30; i++)
        {
            await Client.PutItemAsync("tab", Item(("p", S("h" + i)), ("c", N(i)), ("late", S("x"))), Cancel);
        }

        await Client.PutItemAsync("tab", Item(("p", S("odd")), ("c", N(1)), ("late", N(1))), Cancel);
        await Client.UpdateTableAsync(
            new UpdateTableRequest
            {
                TableName = "tab",
                AttributeDefinitions = [new("late", ScalarAttributeType.S)],
                GlobalSecondaryIndexUpdates =
                [
                    new() { Create = new() { IndexName = "late", KeySchema = [new("late", KeyType.HASH)], Projection = new() { ProjectionType = ProjectionType.KEYS_ONLY } } },
                ],
            },
            Cancel);
        await Server.Services.GetRequiredService<TableLoop>().RunOnceAsync(Cancel);
        var index = (await Client.DescribeTableAsync("tab", Cancel)).Table.GlobalSecondaryIndexes.Single(index => index.IndexName == "late");
        Assert.Equal(IndexStatus.ACTIVE, index.IndexStatus);
        Assert.Equal(30, index.ItemCount);
        var query = new QueryRequest
        {
            TableName = "tab", IndexName = "late", KeyConditionExpression = "late = :v", ExpressionAttributeValues = new() { [":v"] = S("x") },
        };
        Assert.Equal(30, (await Client.QueryAsync(query, Cancel)).Count);
        var odd = new UpdateItemRequest
        {
            TableName = "tab", Key = Item(("p", S("odd")), ("c", N(1))), UpdateExpression = "SET x = :x", ExpressionAttributeValues = new() { [":x"] = N(1) },
        };
        await Client.UpdateItemAsync(odd, Cancel); // what fits no index is not touched
        odd.UpdateExpression = "SET late = :x";
        odd.ExpressionAttributeValues[":x"] = N(2);
        Assert.Equal(
            "ValidationException: One or more parameter values were invalid: Type mismatch for Index Key late Expected: S Actual: N IndexName: late",
            await RefusalAsync(() => Client.UpdateItemAsync(odd, Cancel)));

        await Client.UpdateTableAsync(
            new UpdateTableRequest { TableName = "tab", GlobalSecondaryIndexUpdates = [new() { Delete = new() { IndexName = "late" } }] }, Cancel);
        Assert.Equal("ValidationException: The table does not have the specified index: late", await RefusalAsync(() => Client.QueryAsync(query, Cancel)));
        Assert.Equal(31, (await Client.ScanAsync(new ScanRequest("tab"), Cancel)).Count);
    }

    [Fact]
    public async Task An_index_made_among_busy_writers_misses_nothing()
    {
        await CreateAsync();
        var busy = new TaskCompletionSource();
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                if (i == 50)
                {
                    busy.TrySetResult();
                }

                await Client.PutItemAsync("tab", Item(("p", S($"w{writer}-{i % 50}")), ("c", N(i % 3)), ("late", S("x" + (i % 2)))), Cancel);
                if (i % 7 == 0)
                {
                    await Client.DeleteItemAsync("tab", Item(("p", S($"w{writer}-{i % 50}")), ("c", N(i % 3))), Cancel);
                }
            }
        })).ToList();
        await busy.Task;
        var loop = Server.Services.GetRequiredService<TableLoop>();
        await Client.UpdateTableAsync(
            new UpdateTableRequest
            {
                TableName = "tab",
                AttributeDefinitions = [new("late", ScalarAttributeType.S)],
                GlobalSecondaryIndexUpdates =
                [
                    new() { Create = new() { IndexName = "late", KeySchema = [new("late", KeyType.HASH)], Projection = new() { ProjectionType = ProjectionType.ALL } } },
                ],
            },
            Cancel);
        await loop.RunOnceAsync(Cancel);
        await Task.WhenAll(writers);

        var items = (await Client.ScanAsync(new ScanRequest("tab"), Cancel)).Items;
        var entries = (await Client.ScanAsync(new ScanRequest("tab") { IndexName = "late" }, Cancel)).Items;
        Assert.NotEmpty(items);
        Assert.Equal(items.Select(Show).Order(), entries.Select(Show).Order());
        var table = (await Client.DescribeTableAsync("tab", Cancel)).Table;
        Assert.Equal(items.Count, table.ItemCount);
        Assert.Equal(items.Count, table.GlobalSecondaryIndexes.Single(index => index.IndexName == "late").ItemCount);

        static string Show(Dictionary<string, AttributeValue> item) => $"{item["p"].S}/{item["c"].N}/{item["late"].S}";
    }

    [Fact]
    public async Task Items_expire_when_their_time_is_over()
    {
        await CreateAsync();
        var now = (int)Time.GetUtcNow().ToUnixTimeSeconds();
        await Client.PutItemAsync("tab", Item(("p", S("before")), ("c", N(1)), ("ttl", N(now + 10)), ("g", S("x"))), Cancel);
        await Client.UpdateTimeToLiveAsync(
            new UpdateTimeToLiveRequest { TableName = "tab", TimeToLiveSpecification = new() { AttributeName = "ttl", Enabled = true } }, Cancel);
        await Client.PutItemAsync("tab", Item(("p", S("after")), ("c", N(1)), ("ttl", N(now + 10))), Cancel);
        await Client.PutItemAsync("tab", Item(("p", S("later")), ("c", N(1)), ("ttl", N(now + 1000))), Cancel);
        await Client.PutItemAsync("tab", Item(("p", S("ancient")), ("c", N(1)), ("ttl", N(1))), Cancel);
        await Client.PutItemAsync("tab", Item(("p", S("never")), ("c", N(1)), ("ttl", S("soon"))), Cancel);
        var loop = Server.Services.GetRequiredService<TableLoop>();
        await loop.RunOnceAsync(Cancel);
        Assert.Equal(5, (await Client.ScanAsync(new ScanRequest("tab"), Cancel)).Count);
        Time.Advance(TimeSpan.FromSeconds(11));
        await loop.RunOnceAsync(Cancel);
        var left = (await Client.ScanAsync(new ScanRequest("tab"), Cancel)).Items.Select(item => item["p"].S).Order();
        Assert.Equal(["ancient", "later", "never"], left);
        Assert.Equal(TimeToLiveStatus.ENABLED, (await Client.DescribeTimeToLiveAsync("tab", Cancel)).TimeToLiveDescription.TimeToLiveStatus);
    }

    [Fact]
    public async Task Tags_are_kept()
    {
        await CreateAsync(change: request => request.Tags = [new() { Key = "a", Value = "1" }]);
        var arn = (await Client.DescribeTableAsync("tab", Cancel)).Table.TableArn;
        await Client.TagResourceAsync(new TagResourceRequest { ResourceArn = arn, Tags = [new() { Key = "b", Value = "2" }] }, Cancel);
        await Client.UntagResourceAsync(new UntagResourceRequest { ResourceArn = arn, TagKeys = ["a"] }, Cancel);
        var tags = (await Client.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = arn }, Cancel)).Tags;
        Assert.Equal("b=2", string.Join(',', tags.Select(tag => $"{tag.Key}={tag.Value}")));
    }
}

/// <summary>Tables that take their time.</summary>
public sealed class SlowTableApiTests : Cloud
{
    protected override bool HasOwnOptions => true;

    protected override IServiceModule[] Modules => [new DynamoDbModule(new DynamoDbOptions { TableDelay = TimeSpan.FromSeconds(5) })];

    [Fact]
    public async Task Tables_live_through_their_states_by_the_clouds_clock()
    {
        await CreateAsync();
        Assert.Equal(TableStatus.CREATING, await StatusAsync());
        Assert.Equal("ResourceNotFoundException: Requested resource not found", await RefusalAsync(() => Client.ScanAsync(new ScanRequest("tab"), Cancel)));
        Assert.Equal(
            "ResourceInUseException: Attempt to change a resource which is still in use: Table is being created: tab",
            await RefusalAsync(() => Client.DeleteTableAsync("tab", Cancel)));
        Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(TableStatus.ACTIVE, await StatusAsync());
        await Client.DeleteTableAsync("tab", Cancel);
        Assert.Equal(TableStatus.DELETING, await StatusAsync());
        Time.Advance(TimeSpan.FromSeconds(5));
        Assert.StartsWith("ResourceNotFoundException", await RefusalAsync(() => Client.DescribeTableAsync("tab", Cancel)), StringComparison.Ordinal);
        await CreateAsync();
        Assert.Equal(TableStatus.CREATING, await StatusAsync());
    }

    private async Task<TableStatus> StatusAsync() => (await Client.DescribeTableAsync("tab", Cancel)).Table.TableStatus;
}
