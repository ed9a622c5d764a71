using System.Text.Json;
using Haneul.DynamoDb.Tables;
using Haneul.Integration;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.DynamoDb.Tests.Api;

/// <summary>Streams as other services read them.</summary>
public sealed class RecordStreamsTests : Cloud
{
    protected override IServiceModule[] Modules => [new DynamoDbModule(), new DynamoDbStreamsModule()];

    private IRecordStreams Streams => Server.Services.GetRequiredService<IRecordStreams>();

    private CallContext Caller(Principal? principal = null) => new()
    {
        Principal = principal ?? Principal.Root(AccountId.Default),
        Region = Region.Default,
        RequestId = "r",
        Time = Time.GetUtcNow(),
    };

    [Fact]
    public async Task Records_come_as_functions_get_them()
    {
        var arn = await CreateStreamAsync();
        await Client.PutItemAsync("tab", Item(("p", S("a\"b")), ("c", N(1))), Cancel);
        var (page, _) = await ReadAsync(arn, RecordStart.Oldest);
        var record = JsonDocument.Parse(Assert.Single(page.Records).Event).RootElement;
        Assert.Equal(
            ["eventID", "eventName", "eventVersion", "eventSource", "awsRegion", "dynamodb", "eventSourceARN"],
            record.EnumerateObject().Select(member => member.Name));
        Assert.Equal("INSERT", record.GetProperty("eventName").GetString());
        Assert.Equal(arn, record.GetProperty("eventSourceARN").GetString());
        var change = record.GetProperty("dynamodb");
        Assert.Equal("a\"b", change.GetProperty("Keys").GetProperty("p").GetProperty("S").GetString());
        Assert.Equal("1", change.GetProperty("NewImage").GetProperty("c").GetProperty("N").GetString());
        Assert.Equal(Time.GetUtcNow().ToUnixTimeSeconds(), change.GetProperty("ApproximateCreationDateTime").GetInt64());
        Assert.Equal(page.Records[0].SequenceNumber, change.GetProperty("SequenceNumber").GetString());
        Assert.Equal("NEW_AND_OLD_IMAGES", change.GetProperty("StreamViewType").GetString());
    }

    [Fact]
    public async Task A_wait_ends_with_the_next_record_or_with_the_shard()
    {
        var arn = await CreateStreamAsync();
        var (page, _) = await ReadAsync(arn, RecordStart.Latest);
        var wait = Streams.WaitAsync(page.Next!, TimeSpan.FromHours(1), Cancel).AsTask();
        Assert.False(wait.IsCompleted);
        await Client.PutItemAsync("tab", Item(("p", S("a")), ("c", N(1))), Cancel);
        await wait.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        page = (await Streams.ReadAsync(page.Next!, 10, Caller(), Cancel)).OrThrow();
        var number = Assert.Single(page.Records).SequenceNumber;
        Assert.Empty((await ReadAsync(arn, RecordStart.Behind(number))).Page.Records);

        wait = Streams.WaitAsync(page.Next!, TimeSpan.FromHours(5), Cancel).AsTask();
        Assert.False(wait.IsCompleted);
        Time.Advance(TimeSpan.FromHours(4));
        await Server.Services.GetRequiredService<TableLoop>().RunOnceAsync(Cancel);
        await wait.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        var stream = (await Streams.DescribeAsync(arn, Caller(), Cancel)).OrThrow();
        Assert.Equal([true, false], stream.Shards.Select(shard => shard.Closed));
        Assert.Equal(stream.Shards[0].Id, stream.Shards[1].Parent);
    }

    [Fact]
    public async Task A_reader_needs_the_permissions_of_the_calls()
    {
        var arn = await CreateStreamAsync();
        var role = Principal.Root(AccountId.Default) with
        {
            Kind = PrincipalKind.AssumedRole, Arn = "arn:aws:sts::000000000000:assumed-role/reader/me", RoleArn = "arn:aws:iam::000000000000:role/reader",
        };
        var outcome = await Streams.DescribeAsync(arn, Caller(role), Cancel);
        Assert.StartsWith("AccessDenied", outcome.Error?.Shape.Code, StringComparison.Ordinal);
        Assert.False(Streams.Has("arn:aws:kinesis:us-east-1:000000000000:stream/x"));
    }

    private async Task<string> CreateStreamAsync()
    {
        await CreateAsync(change: request => request.StreamSpecification = new() { StreamEnabled = true, StreamViewType = "NEW_AND_OLD_IMAGES" });
        return (await Client.DescribeTableAsync("tab", Cancel)).Table.LatestStreamArn;
    }

    private async Task<(RecordPage Page, RecordShard Shard)> ReadAsync(string arn, RecordStart start)
    {
        Assert.True(Streams.Has(arn));
        var shard = (await Streams.DescribeAsync(arn, Caller(), Cancel)).OrThrow().Shards[^1];
        var position = (await Streams.OpenAsync(arn, shard.Id, start, Caller(), Cancel)).OrThrow();
        return ((await Streams.ReadAsync(position, 10, Caller(), Cancel)).OrThrow(), shard);
    }
}
