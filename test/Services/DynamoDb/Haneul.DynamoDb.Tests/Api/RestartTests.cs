using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Haneul.DynamoDb.Backups;
using Haneul.DynamoDb.GlobalTables;
using Haneul.Storage;
using Haneul.Storage.Memory;
using Haneul.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Haneul.DynamoDb.Tests.Api;

/// <summary>Two clouds one after the other over one store: what the first began, the second ends.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private readonly IStore _store = MemoryStore.Create();
    private HaneulServer _server = null!;
    private AmazonDynamoDBClient _client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => StartAsync(DateTimeOffset.FromUnixTimeSeconds(1_750_000_000));

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task A_backup_and_a_restore_go_on_after_a_restart()
    {
        var loop = _server.Services.GetRequiredService<BackupLoop>();
        await CreateAsync();
        for (var i = 0; i < 400; i += 25)
        {
            await _client.BatchWriteItemAsync(
                new Dictionary<string, List<WriteRequest>>
                {
                    ["tab"] = [.. Enumerable.Range(i, 25).Select(n => new WriteRequest(new PutRequest(Item("k" + n, n))))],
                },
                Cancel);
        }

        await loop.StopAsync(Cancel);
        var arn = (await _client.CreateBackupAsync(new CreateBackupRequest { TableName = "tab", BackupName = "one" }, Cancel)).BackupDetails.BackupArn;
        await _client.PutItemAsync("tab", Item("k7", -7), Cancel);
        await RestartAsync();
        while ((await _client.DescribeBackupAsync(new DescribeBackupRequest { BackupArn = arn }, Cancel)).BackupDescription.BackupDetails.BackupStatus
            != BackupStatus.AVAILABLE)
        {
            Cancel.ThrowIfCancellationRequested();
        }

        await _server.Services.GetRequiredService<BackupLoop>().StopAsync(Cancel);
        await _client.RestoreTableFromBackupAsync(new RestoreTableFromBackupRequest { BackupArn = arn, TargetTableName = "again" }, Cancel);

        // Stopped in the middle, or near it.
        using (var stop = new CancellationTokenSource())
        {
            var half = _server.Services.GetRequiredService<BackupLoop>().RunOnceAsync(stop.Token);
            while ((await _client.DescribeTableAsync("again", Cancel)).Table.ItemCount == 0)
            {
                Cancel.ThrowIfCancellationRequested();
            }

            await stop.CancelAsync();
            await half.ContinueWith(static _ => { }, Cancel, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        await RestartAsync();
        TableDescription table;
        while ((table = (await _client.DescribeTableAsync("again", Cancel)).Table).TableStatus != TableStatus.ACTIVE)
        {
            Cancel.ThrowIfCancellationRequested();
        }

        Assert.Equal(400, table.ItemCount);
        Assert.Equal("7", (await _client.GetItemAsync("again", Key("k7"), Cancel)).Item["v"].N);
        Assert.Equal("-7", (await _client.GetItemAsync("tab", Key("k7"), Cancel)).Item["v"].N);
    }

    [Fact]
    public async Task Numbers_go_on_though_the_clock_goes_back()
    {
        await CreateAsync(stream: true);
        var arn = (await _client.DescribeTableAsync("tab", Cancel)).Table.LatestStreamArn;
        await _client.PutItemAsync("tab", Item("a", 1), Cancel);
        string shard, number;
        using (var reader = new StreamReader(_server.Url))
        {
            var (read, record) = Assert.Single(await reader.AllAsync(arn));
            (shard, number) = (read, record.GetProperty("dynamodb").GetProperty("SequenceNumber").GetString()!);
        }

        await RestartAsync(DateTimeOffset.FromUnixTimeSeconds(1_750_000_000 - 7200));
        await _client.PutItemAsync("tab", Item("a", 2), Cancel);
        using (var reader = new StreamReader(_server.Url))
        {
            var (records, _) = await reader.RecordsAsync(await reader.IteratorAsync(arn, shard, "AFTER_SEQUENCE_NUMBER", number));
            Assert.Equal("MODIFY", Assert.Single(records).GetProperty("eventName").GetString());
        }
    }

    [Fact]
    public async Task Replication_goes_on_after_a_restart()
    {
        await CreateAsync();
        await _client.UpdateTableAsync(
            new UpdateTableRequest { TableName = "tab", ReplicaUpdates = [new() { Create = new() { RegionName = "eu-west-1" } }] }, Cancel);
        while ((await _client.DescribeTableAsync("tab", Cancel)).Table.Replicas[0].ReplicaStatus != ReplicaStatus.ACTIVE)
        {
            Cancel.ThrowIfCancellationRequested();
        }

        await _server.Services.GetRequiredService<ReplicationLoop>().StopAsync(Cancel);
        await _client.PutItemAsync("tab", Item("a", 1), Cancel);
        await RestartAsync();
        using var west = Client("eu-west-1");
        while ((await west.GetItemAsync("tab", Key("a"), Cancel)).Item is not { Count: > 0 })
        {
            Cancel.ThrowIfCancellationRequested();
        }
    }

    private async ValueTask StartAsync(DateTimeOffset now)
    {
        _server = await HaneulServer.StartAsync(
            time: new FakeTimeProvider(now),
            configure: services => services.AddSingleton<IStore>(_store),
            modules: [new DynamoDbModule(), new DynamoDbStreamsModule()]);
        _client = Client("us-east-1");
    }

    private async Task RestartAsync(DateTimeOffset? now = null)
    {
        _client.Dispose();
        await _server.DisposeAsync();
        await StartAsync(now ?? DateTimeOffset.FromUnixTimeSeconds(1_750_000_100));
    }

    private AmazonDynamoDBClient Client(string region) => new(
        new BasicAWSCredentials("test", "test"),
        new AmazonDynamoDBConfig { ServiceURL = _server.Url.ToString(), AuthenticationRegion = region, MaxErrorRetry = 0 });

    private Task<CreateTableResponse> CreateAsync(bool stream = false) => _client.CreateTableAsync(
        new CreateTableRequest
        {
            TableName = "tab",
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new("p", KeyType.HASH)],
            AttributeDefinitions = [new("p", ScalarAttributeType.S)],
            StreamSpecification = stream ? new() { StreamEnabled = true, StreamViewType = StreamViewType.NEW_IMAGE } : null,
        },
        Cancel);

    private static Dictionary<string, AttributeValue> Key(string p) => new() { ["p"] = new AttributeValue { S = p } };

    private static Dictionary<string, AttributeValue> Item(string p, int v) =>
        new(Key(p)) { ["v"] = new AttributeValue { N = v.ToString(CultureInfo.InvariantCulture) } };
}
