using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Haneul.DynamoDb.GlobalTables;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.DynamoDb.Tests.Api;

public sealed class GlobalTableTests : Cloud
{
    private const string West = "eu-west-1";
    private const string South = "ap-southeast-2";

    private readonly Dictionary<string, AmazonDynamoDBClient> _clients = [];

    protected override bool HasOwnOptions => true;

    protected override IServiceModule[] Modules =>
        [new DynamoDbModule(new DynamoDbOptions { ExpiryInterval = TimeSpan.FromDays(30) }), new DynamoDbStreamsModule()];

    [Fact]
    public async Task A_new_replica_has_the_items_of_the_table_and_is_described_on_both_sides()
    {
        await QuietAsync();
        await CreateAsync();
        for (var i = 0; i < 250; i++)
        {
            await PutAsync(Client, "k" + i, i);
        }

        var updating = (await AddAsync(West)).TableDescription;
        Assert.Equal(TableStatus.UPDATING, updating.TableStatus);
        Assert.Equal((West, ReplicaStatus.CREATING), (updating.Replicas[0].RegionName, updating.Replicas[0].ReplicaStatus));
        Assert.Equal(TableStatus.CREATING, (await DescribeAsync(West)).TableStatus);
        await PutAsync(Client, "k1", 1001);
        await Client.DeleteItemAsync("tab", Key("k2"), Cancel);
        await ReplicateAsync();

        var there = await DescribeAsync(West);
        Assert.Equal(TableStatus.ACTIVE, there.TableStatus);
        Assert.Equal(249, there.ItemCount);
        Assert.Equal("byG", there.GlobalSecondaryIndexes[0].IndexName);
        Assert.Equal(("us-east-1", ReplicaStatus.ACTIVE), (there.Replicas[0].RegionName, there.Replicas[0].ReplicaStatus));
        Assert.Equal("2019.11.21", there.GlobalTableVersion);
        Assert.Equal(ReplicaStatus.ACTIVE, (await DescribeAsync("us-east-1")).Replicas[0].ReplicaStatus);
        Assert.Equal(StreamViewType.NEW_AND_OLD_IMAGES, there.StreamSpecification.StreamViewType);
        Assert.Equal(1001, await ValueAsync(West, "k1"));
        Assert.Null(await ValueAsync(West, "k2"));
        Assert.Equal(249, await ValueAsync(West, "k249"));
    }

    [Fact]
    public async Task Changes_go_both_ways_once()
    {
        await QuietAsync();
        await CreateAsync();
        await AddAsync(West);
        await ReplicateAsync();
        await PutAsync(Client, "a", 1);
        await PutAsync(In(West), "b", 2);
        await In(West).TransactWriteItemsAsync(
            new TransactWriteItemsRequest
            {
                TransactItems = [.. new[] { "c", "d" }.Select(p => new TransactWriteItem { Put = new() { TableName = "tab", Item = Value(p, 3) } })],
            },
            Cancel);
        await ReplicateAsync();
        await In(West).DeleteItemAsync("tab", Key("a"), Cancel);
        for (var round = 0; round < 3; round++)
        {
            await ReplicateAsync();
        }

        Assert.Equal([null, 2, 3, 3], await ValuesAsync("us-east-1", "a", "b", "c", "d"));
        Assert.Equal([null, 2, 3, 3], await ValuesAsync(West, "a", "b", "c", "d"));
        foreach (var region in new[] { "us-east-1", West })
        {
            using var reader = new StreamReader(Server.Url, region);
            var records = await reader.AllAsync((await DescribeAsync(region)).LatestStreamArn);
            Assert.Equal(5, records.Count);
            Assert.Single(records, pair => pair.Record.GetProperty("eventName").GetString() == "REMOVE");
        }
    }

    [Fact]
    public async Task Of_two_writes_the_later_wins_in_every_region()
    {
        await QuietAsync();
        await CreateAsync();
        await AddAsync(West);
        await ReplicateAsync();
        await PutAsync(Client, "a", 1);
        await PutAsync(Client, "b", 1);
        await PutAsync(In(West), "c", 2);
        Time.Advance(TimeSpan.FromMilliseconds(1));
        await PutAsync(In(West), "a", 2);
        await In(West).DeleteItemAsync("tab", Key("b"), Cancel); // is not there: no write
        await PutAsync(Client, "c", 1);
        await ReplicateAsync();
        Assert.Equal([2, 1, 1], await ValuesAsync("us-east-1", "a", "b", "c"));
        Assert.Equal([2, 1, 1], await ValuesAsync(West, "a", "b", "c"));

        // A later write is later even while the clock stands still.
        await PutAsync(In(West), "a", 3);
        await ReplicateAsync();
        Assert.Equal(3, await ValueAsync("us-east-1", "a"));
        await Client.DeleteItemAsync("tab", Key("a"), Cancel);
        await ReplicateAsync();
        Assert.Null(await ValueAsync(West, "a"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Replicas_agree_on_the_last_write_whatever_the_order_of_replication(int seed)
    {
        await QuietAsync();
        await CreateAsync();
        await PutAsync(Client, "k0", -1);
        await AddAsync(West);
        var random = new Random(seed);
        var model = new Dictionary<string, int?> { ["k0"] = -1 };
        string[] regions = ["us-east-1", West, South];
        for (var step = 0; step < 150; step++)
        {
            Time.Advance(TimeSpan.FromMilliseconds(1));
            if (step == 50)
            {
                await ReplicateAsync();
                await PutAsync(In(West), "k1", step);
                model["k1"] = step;
                await AddAsync(South);
            }

            var region = regions[random.Next(step < 50 ? 1 : 2)];
            var key = "k" + random.Next(6);
            if (random.Next(4) == 0)
            {
                // Only what is there can be deleted; who does not see an item does not delete it.
                if (await ValueAsync(region, key) is not null)
                {
                    await In(region).DeleteItemAsync("tab", Key(key), Cancel);
                    model[key] = null;
                }
            }
            else
            {
                await PutAsync(In(region), key, step);
                model[key] = step;
            }

            if (random.Next(10) == 0)
            {
                await ReplicateAsync();
            }
        }

        await ReplicateAsync();
        await ReplicateAsync();
        foreach (var region in regions)
        {
            foreach (var (key, value) in model)
            {
                Assert.Equal((region, key, value), (region, key, await ValueAsync(region, key)));
            }
        }
    }

    [Fact]
    public async Task Expiry_is_shared_and_an_expired_item_is_deleted_by_the_region_that_wrote_it()
    {
        await QuietAsync();
        await CreateAsync();
        await AddAsync(West);
        await ReplicateAsync();
        await Client.UpdateTimeToLiveAsync(
            new UpdateTimeToLiveRequest { TableName = "tab", TimeToLiveSpecification = new() { AttributeName = "ttl", Enabled = true } }, Cancel);
        Assert.Equal("ttl", (await In(West).DescribeTimeToLiveAsync("tab", Cancel)).TimeToLiveDescription.AttributeName);
        await Server.Services.GetRequiredService<TableLoop>().RunOnceAsync(Cancel);
        var item = Value("a", 1);
        item["ttl"] = N((int)Time.GetUtcNow().ToUnixTimeSeconds() + 5);
        await In(West).PutItemAsync("tab", item, Cancel);
        await ReplicateAsync();
        Time.Advance(TimeSpan.FromSeconds(10));
        await Server.Services.GetRequiredService<TableLoop>().RunOnceAsync(Cancel);
        Assert.Equal(1, await ValueAsync("us-east-1", "a"));
        Assert.Null(await ValueAsync(West, "a"));
        await ReplicateAsync();
        Assert.Null(await ValueAsync("us-east-1", "a"));
        Assert.True(await IsServiceAsync(West));
        Assert.False(await IsServiceAsync("us-east-1"));
    }

    [Fact]
    public async Task A_replica_that_was_cut_off_for_days_catches_up()
    {
        await QuietAsync();
        await CreateAsync();
        await AddAsync(West);
        await ReplicateAsync();
        await PutAsync(Client, "a", 1);
        Time.Advance(TimeSpan.FromDays(3));
        await Server.Services.GetRequiredService<TableLoop>().RunOnceAsync(Cancel);
        Assert.Null(await ValueAsync(West, "a"));
        await ReplicateAsync();
        Assert.Equal(1, await ValueAsync(West, "a"));
    }

    [Fact]
    public async Task Replication_goes_on_by_itself()
    {
        await CreateAsync();
        await AddAsync(West);
        while ((await DescribeAsync(West)).TableStatus != TableStatus.ACTIVE)
        {
            Cancel.ThrowIfCancellationRequested();
        }

        await PutAsync(Client, "a", 1);
        await PutAsync(In(West), "b", 2);
        while (await ValueAsync(West, "a") != 1 || await ValueAsync("us-east-1", "b") != 2)
        {
            Cancel.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task Indexes_change_in_all_replicas()
    {
        await QuietAsync();
        await CreateAsync();
        await AddAsync(West);
        await ReplicateAsync();
        await In(West).UpdateTableAsync(
            new UpdateTableRequest
            {
                TableName = "tab",
                AttributeDefinitions = [new("w", ScalarAttributeType.S)],
                GlobalSecondaryIndexUpdates =
                [
                    new() { Create = new() { IndexName = "byW", KeySchema = [new("w", KeyType.HASH)], Projection = new() { ProjectionType = ProjectionType.ALL } } },
                ],
            },
            Cancel);
        await Server.Services.GetRequiredService<TableLoop>().RunOnceAsync(Cancel);
        await In(West).UpdateTableAsync(
            new UpdateTableRequest { TableName = "tab", GlobalSecondaryIndexUpdates = [new() { Delete = new() { IndexName = "byG" } }] }, Cancel);
        foreach (var region in new[] { "us-east-1", West })
        {
            Assert.Equal("byW", Assert.Single((await DescribeAsync(region)).GlobalSecondaryIndexes).IndexName);
        }

        await PutAsync(Client, "a", 1);
        await ReplicateAsync();
        Assert.Equal(1, await ValueAsync(West, "a"));
    }

    [Fact]
    public async Task What_AWS_refuses_is_refused()
    {
        await QuietAsync();
        await CreateAsync("paid", request =>
        {
            request.BillingMode = BillingMode.PROVISIONED;
            request.ProvisionedThroughput = new ProvisionedThroughput(1, 1);
            request.GlobalSecondaryIndexes[0].ProvisionedThroughput = new ProvisionedThroughput(1, 1);
        });
        Assert.Equal(
            "ValidationException: Table write capacity should either be Pay-Per-Request or AutoScaled.", await RefusalAsync(() => AddAsync(West, "paid")));
        await CreateAsync();
        Assert.Equal(
            "ValidationException: Cannot add, delete, or update the local region through ReplicaUpdates. "
            + "Use CreateTable, DeleteTable, or UpdateTable as required.",
            await RefusalAsync(() => AddAsync("us-east-1")));
        Assert.EndsWith("was not found.", await RefusalAsync(() => RemoveAsync(Client, West)), StringComparison.Ordinal);
        await AddAsync(West);
        await ReplicateAsync();
        Assert.Equal(
            "ValidationException: Failed to create a the new replica of table with name: 'tab' because one or more replicas already existed as tables.",
            await RefusalAsync(() => AddAsync(West)));
        Assert.Equal(
            "ValidationException: One or more parameter values were invalid: Disabling Stream is not allowed for a Global Table replica.",
            await RefusalAsync(() => In(West).UpdateTableAsync(
                new UpdateTableRequest { TableName = "tab", StreamSpecification = new() { StreamEnabled = false } }, Cancel)));
        Assert.StartsWith(
            "ValidationException: Replica cannot be deleted because it has acted as a source region",
            await RefusalAsync(() => RemoveAsync(In(West), "us-east-1")),
            StringComparison.Ordinal);
        Assert.Contains(
            "does not support MultiRegionConsistency STRONG",
            await RefusalAsync(() => Client.UpdateTableAsync(
                new UpdateTableRequest { TableName = "tab", MultiRegionConsistency = MultiRegionConsistency.STRONG }, Cancel)),
            StringComparison.Ordinal);

        // A replica goes, and the table that is left is no global table any more.
        await RemoveAsync(Client, West);
        Assert.StartsWith("ResourceNotFoundException", await RefusalAsync(() => DescribeAsync(West)), StringComparison.Ordinal);
        var left = await DescribeAsync("us-east-1");
        Assert.Null(left.GlobalTableVersion);
        Assert.Empty(left.Replicas ?? []);
        await PutAsync(Client, "a", 1);
        await Client.DeleteTableAsync("tab", Cancel);
    }

    [Fact]
    public async Task A_replica_that_is_deleted_leaves_the_others_together()
    {
        await QuietAsync();
        await CreateAsync();
        await AddAsync(West);
        await ReplicateAsync();
        await AddAsync(South);
        await ReplicateAsync();
        await In(South).DeleteTableAsync("tab", Cancel);
        await PutAsync(In(West), "a", 1);
        await ReplicateAsync();
        Assert.Equal(1, await ValueAsync("us-east-1", "a"));
        Assert.Equal([West], (await DescribeAsync("us-east-1")).Replicas.Select(replica => replica.RegionName));
        Time.Advance(TimeSpan.FromHours(25));
        await Client.DeleteTableAsync("tab", Cancel);
        Assert.Empty((await DescribeAsync(West)).Replicas ?? []);
        Assert.Equal(1, await ValueAsync(West, "a"));
    }

    // Changes are carried over when the test says so.
    private Task QuietAsync() => Server.Services.GetRequiredService<ReplicationLoop>().StopAsync(Cancel);

    private Task<bool> ReplicateAsync() => Server.Services.GetRequiredService<ReplicationLoop>().RunOnceAsync(Cancel);

    private AmazonDynamoDBClient In(string region)
    {
        if (region == "us-east-1")
        {
            return Client;
        }

        if (!_clients.TryGetValue(region, out var client))
        {
            _clients[region] = client = new AmazonDynamoDBClient(
                new BasicAWSCredentials("test", "test"),
                new AmazonDynamoDBConfig { ServiceURL = Server.Url.ToString(), AuthenticationRegion = region, MaxErrorRetry = 0 });
        }

        return client;
    }

    private Task<UpdateTableResponse> AddAsync(string region, string table = "tab") => Client.UpdateTableAsync(
        new UpdateTableRequest { TableName = table, ReplicaUpdates = [new() { Create = new() { RegionName = region } }] }, Cancel);

    private static Task<UpdateTableResponse> RemoveAsync(AmazonDynamoDBClient client, string region) => client.UpdateTableAsync(
        new UpdateTableRequest { TableName = "tab", ReplicaUpdates = [new() { Delete = new() { RegionName = region } }] }, Cancel);

    private async Task<TableDescription> DescribeAsync(string region) => (await In(region).DescribeTableAsync("tab", Cancel)).Table;

    private static Dictionary<string, AttributeValue> Key(string p) => Item(("p", S(p)), ("c", N(1)));

    private static Dictionary<string, AttributeValue> Value(string p, int v) => Item(("p", S(p)), ("c", N(1)), ("v", N(v)));

    private static Task<PutItemResponse> PutAsync(AmazonDynamoDBClient client, string p, int v) => client.PutItemAsync("tab", Value(p, v), Cancel);

    private async Task<int?> ValueAsync(string region, string p) =>
        (await In(region).GetItemAsync("tab", Key(p), Cancel)).Item is { Count: > 0 } item
            ? int.Parse(item["v"].N, CultureInfo.InvariantCulture)
            : null;

    private async Task<List<int?>> ValuesAsync(string region, params string[] keys)
    {
        var values = new List<int?>();
        foreach (var key in keys)
        {
            values.Add(await ValueAsync(region, key));
        }

        return values;
    }

    private async Task<bool> IsServiceAsync(string region)
    {
        using var reader = new StreamReader(Server.Url, region);
        var (_, record) = (await reader.AllAsync((await DescribeAsync(region)).LatestStreamArn))[^1];
        Assert.Equal("REMOVE", record.GetProperty("eventName").GetString());
        return record.TryGetProperty("userIdentity", out _);
    }
}
