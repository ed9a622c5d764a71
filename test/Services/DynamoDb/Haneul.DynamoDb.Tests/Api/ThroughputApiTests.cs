using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Tests.Api;

public sealed class ThroughputApiTests : Cloud
{
    [Fact]
    public async Task Writes_above_the_provisioned_rate_are_refused_once_the_burst_is_used()
    {
        await CreateTableAsync();
        var big = Item(("p", S("a")), ("x", S(new string('x', 300 * 1024))));
        await Client.PutItemAsync("slow", big, Cancel); // 301 units of 300
        Assert.StartsWith(
            "ProvisionedThroughputExceededException: The level of configured provisioned throughput for the table was exceeded.",
            await RefusalAsync(() => Client.PutItemAsync("slow", big, Cancel)), StringComparison.Ordinal);
        Time.Advance(TimeSpan.FromSeconds(2));
        await Client.PutItemAsync("slow", Item(("p", S("b"))), Cancel);
    }

    [Fact]
    public async Task Reads_have_their_own_units()
    {
        await CreateTableAsync();
        await Client.PutItemAsync("slow", Item(("p", S("a")), ("x", S(new string('x', 200 * 1024)))), Cancel);
        for (var i = 0; i < 6; i++)
        {
            await ReadAsync(); // 51 units each
        }

        Assert.StartsWith("ProvisionedThroughputExceededException", await RefusalAsync(ReadAsync), StringComparison.Ordinal);
        Assert.StartsWith("ProvisionedThroughputExceededException", await RefusalAsync(() => Client.ScanAsync(new ScanRequest("slow"), Cancel)), StringComparison.Ordinal);
        await Client.PutItemAsync("slow", Item(("p", S("b"))), Cancel);

        Task ReadAsync() => Client.GetItemAsync("slow", Item(("p", S("a"))), consistentRead: true, Cancel);
    }

    private Task<CreateTableResponse> CreateTableAsync() => Client.CreateTableAsync(
        new CreateTableRequest
        {
            TableName = "slow",
            ProvisionedThroughput = new(1, 1),
            KeySchema = [new("p", KeyType.HASH)],
            AttributeDefinitions = [new("p", ScalarAttributeType.S)],
        },
        Cancel);
}

/// <summary>An operator who turned throttling off.</summary>
public sealed class UnthrottledApiTests : Cloud
{
    protected override bool HasOwnOptions => true;

    protected override IServiceModule[] Modules => [new DynamoDbModule(new DynamoDbOptions { Throttling = false })];

    [Fact]
    public async Task Nothing_is_refused()
    {
        await CreateAsync(change: request =>
        {
            request.BillingMode = BillingMode.PROVISIONED;
            request.ProvisionedThroughput = new(1, 1);
            request.GlobalSecondaryIndexes[0].ProvisionedThroughput = new(1, 1);
        });
        for (var i = 0; i < 5; i++)
        {
            await Client.PutItemAsync("tab", Item(("p", S("a")), ("c", N(i)), ("x", S(new string('x', 300 * 1024)))), Cancel);
        }
    }
}
