using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.DynamoDb.Tests.Api;

public sealed class StreamApiTests : Cloud
{
    private StreamReader? _reader;

    private StreamReader Reader => _reader ??= new StreamReader(Server.Url);

    protected override IServiceModule[] Modules => [new DynamoDbModule(), new DynamoDbStreamsModule()];

    [Theory]
    [InlineData("KEYS_ONLY", false, false)]
    [InlineData("NEW_IMAGE", true, false)]
    [InlineData("OLD_IMAGE", false, true)]
    [InlineData("NEW_AND_OLD_IMAGES", true, true)]
    public async Task Every_change_is_in_the_stream_in_order(string view, bool hasNew, bool hasOld)
    {
        var arn = await CreateStreamAsync(view);
        for (var i = 0; i < 20; i++)
        {
            await Client.PutItemAsync("tab", Item(("p", S("k" + i)), ("c", N(i)), ("v", N(1))), Cancel);
        }

        await Client.PutItemAsync("tab", Item(("p", S("k1")), ("c", N(1)), ("v", N(1))), Cancel); // changes nothing
        await Client.PutItemAsync("tab", Item(("p", S("k1")), ("c", N(1)), ("v", N(2))), Cancel);
        await Client.DeleteItemAsync("tab", Item(("p", S("k1")), ("c", N(1))), Cancel);

        var records = (await RecordsAsync(await IteratorAsync(arn, "TRIM_HORIZON"))).Records;
        Assert.Equal(22, records.Count);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => "k" + i), records.Take(20).Select(Key));
        Assert.Equal(["INSERT", "MODIFY", "REMOVE"], records.Skip(19).Select(record => record.GetProperty("eventName").GetString()));
        var modified = records[20].GetProperty("dynamodb");
        Assert.Equal(hasNew, modified.TryGetProperty("NewImage", out _));
        Assert.Equal(hasOld, modified.TryGetProperty("OldImage", out _));
        Assert.Equal(view, modified.GetProperty("StreamViewType").GetString());
        Assert.False(records[21].GetProperty("dynamodb").TryGetProperty("NewImage", out _));
        if (hasNew && hasOld)
        {
            Assert.Equal("1", modified.GetProperty("OldImage").GetProperty("v").GetProperty("N").GetString());
            Assert.Equal("2", modified.GetProperty("NewImage").GetProperty("v").GetProperty("N").GetString());
        }
    }

    [Fact]
    public async Task Reading_goes_on_where_it_ended()
    {
        var arn = await CreateStreamAsync("KEYS_ONLY");
        await PutAsync("a");
        var latest = await IteratorAsync(arn, "LATEST");
        await PutAsync("b");
        await PutAsync("c");
        await PutAsync("d");
        var page = await RecordsAsync(latest, limit: 2);
        Assert.Equal(["b", "c"], page.Records.Select(Key));
        var rest = await RecordsAsync(page.Next!);
        Assert.Equal(["d"], rest.Records.Select(Key));
        Assert.Empty((await RecordsAsync(rest.Next!)).Records);
        await PutAsync("e");
        Assert.Equal(["e"], (await RecordsAsync(rest.Next!)).Records.Select(Key));

        var second = page.Records[1].GetProperty("dynamodb").GetProperty("SequenceNumber").GetString()!;
        Assert.Equal(["c", "d", "e"], (await RecordsAsync(await IteratorAsync(arn, "AT_SEQUENCE_NUMBER", second))).Records.Select(Key));
        Assert.Equal(["d", "e"], (await RecordsAsync(await IteratorAsync(arn, "AFTER_SEQUENCE_NUMBER", second))).Records.Select(Key));
    }

    [Fact]
    public async Task Expired_items_tell_who_deleted_them()
    {
        var arn = await CreateStreamAsync("NEW_AND_OLD_IMAGES");
        await Client.UpdateTimeToLiveAsync(
            new UpdateTimeToLiveRequest { TableName = "tab", TimeToLiveSpecification = new() { AttributeName = "ttl", Enabled = true } }, Cancel);
        var now = (int)Time.GetUtcNow().ToUnixTimeSeconds();
        await Client.PutItemAsync("tab", Item(("p", S("a")), ("c", N(1)), ("ttl", N(now + 1))), Cancel);
        Time.Advance(TimeSpan.FromSeconds(2));
        await Server.Services.GetRequiredService<TableLoop>().RunOnceAsync(Cancel);
        var removed = (await RecordsAsync(await IteratorAsync(arn, "TRIM_HORIZON"))).Records[1];
        Assert.Equal("REMOVE", removed.GetProperty("eventName").GetString());
        Assert.Equal("dynamodb.amazonaws.com", removed.GetProperty("userIdentity").GetProperty("PrincipalId").GetString());
    }

    [Fact]
    public async Task Records_are_kept_for_a_day_and_iterators_for_a_quarter_of_an_hour()
    {
        var arn = await CreateStreamAsync("KEYS_ONLY");
        await PutAsync("old");
        var iterator = await IteratorAsync(arn, "TRIM_HORIZON");
        Time.Advance(TimeSpan.FromMinutes(16));
        var (status, body) = await CallAsync("GetRecords", $$"""{"ShardIterator":"{{iterator}}"}""");
        Assert.Equal(400, status);
        Assert.EndsWith("#ExpiredIteratorException", body.GetProperty("__type").GetString(), StringComparison.Ordinal);
        Time.Advance(TimeSpan.FromHours(24));
        await PutAsync("new");
        await Server.Services.GetRequiredService<TableLoop>().RunOnceAsync(Cancel);
        Assert.Equal(["new"], (await RecordsAsync(await IteratorAsync(arn, "TRIM_HORIZON"))).Records.Select(Key));
    }

    [Fact]
    public async Task A_disabled_stream_ends()
    {
        var arn = await CreateStreamAsync("KEYS_ONLY");
        await PutAsync("a");
        await Client.UpdateTableAsync(new UpdateTableRequest { TableName = "tab", StreamSpecification = new() { StreamEnabled = false } }, Cancel);
        await PutAsync("b");
        var page = await RecordsAsync(await IteratorAsync(arn, "TRIM_HORIZON"));
        Assert.Equal(["a"], page.Records.Select(Key));
        Assert.Null(page.Next);
        var (_, described) = await CallAsync("DescribeStream", $$"""{"StreamArn":"{{arn}}"}""");
        Assert.Equal("DISABLED", described.GetProperty("StreamDescription").GetProperty("StreamStatus").GetString());
    }

    [Fact]
    public async Task Streams_are_listed_and_missing_ones_refused()
    {
        var arn = await CreateStreamAsync("KEYS_ONLY");
        var (_, listed) = await CallAsync("ListStreams", """{"TableName":"tab"}""");
        Assert.Equal(arn, Assert.Single(listed.GetProperty("Streams").EnumerateArray()).GetProperty("StreamArn").GetString());
        var missing = arn[..^23] + "2024-11-18T14:36:44.149";
        var (status, body) = await CallAsync("DescribeStream", $$"""{"StreamArn":"{{missing}}"}""");
        Assert.Equal(400, status);
        Assert.Equal($"Requested resource not found: Stream: {missing} not found", body.GetProperty("message").GetString());
    }

    private async Task<string> CreateStreamAsync(string view)
    {
        await CreateAsync(change: request => request.StreamSpecification = new() { StreamEnabled = true, StreamViewType = view });
        return (await Client.DescribeTableAsync("tab", Cancel)).Table.LatestStreamArn;
    }

    private Task<PutItemResponse> PutAsync(string p) => Client.PutItemAsync("tab", Item(("p", S(p)), ("c", N(1))), Cancel);

    private static string? Key(JsonElement record) => record.GetProperty("dynamodb").GetProperty("Keys").GetProperty("p").GetProperty("S").GetString();

    private async Task<string> IteratorAsync(string arn, string type, string? sequence = null) =>
        await Reader.IteratorAsync(arn, (await Reader.ShardsAsync(arn))[^1].Id, type, sequence);

    private Task<(List<JsonElement> Records, string? Next)> RecordsAsync(string iterator, int limit = 1000) => Reader.RecordsAsync(iterator, limit);

    private Task<(int Status, JsonElement Body)> CallAsync(string operation, string input) => Reader.CallAsync(operation, input);
}
