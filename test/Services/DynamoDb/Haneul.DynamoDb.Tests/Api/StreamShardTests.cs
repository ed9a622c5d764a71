using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.DynamoDb.Tests.Api;

/// <summary>Shards as they open, roll, split, end and are forgotten.</summary>
public sealed class StreamShardTests : Cloud
{
    private StreamReader? _reader;

    private StreamReader Reader => _reader ??= new StreamReader(Server.Url);

    protected override bool HasOwnOptions => true;

    protected override IServiceModule[] Modules =>
        [new DynamoDbModule(new DynamoDbOptions { Throttling = false, ExpiryInterval = TimeSpan.FromDays(30) }), new DynamoDbStreamsModule()];

    [Fact]
    public async Task A_shard_is_followed_by_its_child_after_four_hours()
    {
        var arn = await CreateStreamAsync();
        await PutAsync("a", 1);
        Time.Advance(TimeSpan.FromHours(4));
        await WorkAsync();
        await PutAsync("a", 2);

        var shards = await Reader.ShardsAsync(arn);
        Assert.Equal([true, false], shards.Select(shard => shard.Closed));
        Assert.Null(shards[0].Parent);
        Assert.Equal(shards[0].Id, shards[1].Parent);
        var (old, ended) = await Reader.RecordsAsync(await Reader.IteratorAsync(arn, shards[0].Id));
        Assert.Equal("1", Assert.Single(Values(old)));
        Assert.Null(ended);
        Assert.Equal("2", Assert.Single(Values((await Reader.RecordsAsync(await Reader.IteratorAsync(arn, shards[1].Id))).Records)));
        Assert.Equal(shards[1..], await Reader.ShardsAsync(arn, $$""","ShardFilter":{"Type":"CHILD_SHARDS","ShardId":"{{shards[0].Id}}"}"""));
        Assert.Equal(shards[1..], await Reader.ShardsAsync(arn, $$""","ExclusiveStartShardId":"{{shards[0].Id}}" """));
        var page = await Reader.DescribeAsync(arn, ""","Limit":1""");
        Assert.Equal(shards[0].Id, page.GetProperty("LastEvaluatedShardId").GetString());
    }

    [Fact]
    public async Task A_busy_table_splits_its_shards()
    {
        var arn = await CreateStreamAsync();
        for (var batch = 0; batch < 45; batch++)
        {
            await Client.BatchWriteItemAsync(
                new Dictionary<string, List<WriteRequest>>
                {
                    ["tab"] = [.. Enumerable.Range(0, 25).Select(i => new WriteRequest(new PutRequest(Item(("p", S($"{batch}/{i}")), ("c", N(1))))))],
                },
                Cancel);
        }

        await WorkAsync();
        var shards = await Reader.ShardsAsync(arn);
        Assert.Equal([true, false, false], shards.Select(shard => shard.Closed));
        Assert.All(shards[1..], shard => Assert.Equal(shards[0].Id, shard.Parent));
        for (var i = 0; i < 40; i++)
        {
            await PutAsync("k" + i, i);
        }

        var records = (await Reader.AllAsync(arn)).Skip(45 * 25).ToList();
        Assert.Equal(40, records.Count);
        Assert.Equal(2, records.Select(pair => pair.Shard).Distinct().Count());
    }

    [Fact]
    public async Task A_table_that_is_provisioned_for_much_gets_a_shard_for_every_thousand_writes()
    {
        var arn = await CreateStreamAsync(request =>
        {
            request.BillingMode = BillingMode.PROVISIONED;
            request.ProvisionedThroughput = new ProvisionedThroughput(5, 4000);
            request.GlobalSecondaryIndexes = null;
            request.AttributeDefinitions.RemoveAll(attribute => attribute.AttributeName == "g");
        });
        await WorkAsync();
        await WorkAsync();
        await WorkAsync();
        Assert.Equal(4, (await Reader.ShardsAsync(arn)).Count(shard => !shard.Closed));
    }

    [Fact]
    public async Task Every_key_keeps_its_order_while_writers_write_and_shards_roll_and_split()
    {
        var arn = await CreateStreamAsync();
        const int Writers = 4;
        const int Writes = 60;
        var writers = Enumerable.Range(0, Writers).Select(writer => Task.Run(
            async () =>
            {
                for (var i = 1; i <= Writes; i++)
                {
                    // Two keys of its own, and one that all share and count up.
                    await PutAsync($"w{writer}/{i % 2}", i);
                    await Client.UpdateItemAsync(
                        new UpdateItemRequest
                        {
                            TableName = "tab",
                            Key = Item(("p", S("shared")), ("c", N(1))),
                            UpdateExpression = "ADD v :one",
                            ExpressionAttributeValues = Item((":one", N(1))),
                        },
                        Cancel);
                }
            },
            Cancel)).ToList();
        var reading = Task.Run(
            async () =>
            {
                // Whoever reads meanwhile has no record twice, in no two shards.
                while (!writers.TrueForAll(writer => writer.IsCompleted))
                {
                    var numbers = (await Reader.AllAsync(arn)).Select(pair => pair.Record.GetProperty("eventID").GetString()).ToList();
                    Assert.Equal(numbers.Count, numbers.Distinct().Count());
                }
            },
            Cancel);
        for (var roll = 0; roll < 5; roll++)
        {
            await Task.Yield();
            Time.Advance(TimeSpan.FromHours(4));
            await WorkAsync();
        }

        await Task.WhenAll([.. writers, reading]);
        var shards = (await Reader.ShardsAsync(arn)).ToDictionary(shard => shard.Id);
        Assert.True(shards.Count >= 6, $"{shards.Count} shards");
        var last = new Dictionary<string, (int Value, string Shard, string Number)>();
        foreach (var (shard, record) in await Reader.AllAsync(arn))
        {
            var change = record.GetProperty("dynamodb");
            var key = change.GetProperty("Keys").GetProperty("p").GetProperty("S").GetString()!;
            var value = int.Parse(change.GetProperty("NewImage").GetProperty("v").GetProperty("N").GetString()!, CultureInfo.InvariantCulture);
            var number = change.GetProperty("SequenceNumber").GetString()!;
            if (last.TryGetValue(key, out var before))
            {
                Assert.Equal(before.Value + (key == "shared" ? 1 : 2), value);
                Assert.True(string.CompareOrdinal(before.Number, number) < 0);
                Assert.True(before.Shard == shard || Ancestors(shards, shard).Contains(before.Shard), "A key's next record is in the shard or a descendant.");
            }

            last[key] = (value, shard, number);
        }

        Assert.Equal(Writers * Writes, last["shared"].Value);
        Assert.Equal((Writers * 2) + 1, last.Count);
    }

    [Fact]
    public async Task A_stream_that_was_turned_off_is_readable_for_a_day_beside_the_next()
    {
        var first = await CreateStreamAsync();
        await PutAsync("a", 1);
        await SwitchAsync(enabled: false);
        await PutAsync("a", 2);
        await SwitchAsync(enabled: true);
        await PutAsync("a", 3);
        var second = (await Client.DescribeTableAsync("tab", Cancel)).Table.LatestStreamArn;
        Assert.NotEqual(first, second);
        Assert.Equal(["1"], Values((await Reader.AllAsync(first)).Select(pair => pair.Record)));
        Assert.Equal(["3"], Values((await Reader.AllAsync(second)).Select(pair => pair.Record)));
        Assert.Equal("DISABLED", (await Reader.DescribeAsync(first)).GetProperty("StreamStatus").GetString());
        Assert.Equal(["NEW_AND_OLD_IMAGES", "NEW_IMAGE"], new[]
        {
            (await Reader.DescribeAsync(second)).GetProperty("StreamViewType").GetString(), (await Reader.DescribeAsync(first)).GetProperty("StreamViewType").GetString(),
        }.Order());
        Assert.Equal([first, second], await ListAsync());

        Time.Advance(TimeSpan.FromHours(25));
        await WorkAsync();
        Assert.Equal([second], await ListAsync());
        Assert.Equal(400, (await Reader.CallAsync("DescribeStream", $$"""{"StreamArn":"{{first}}"}""")).Status);
    }

    [Fact]
    public async Task The_stream_of_a_deleted_table_is_readable_for_a_day()
    {
        var arn = await CreateStreamAsync();
        await PutAsync("a", 1);
        await Client.DeleteTableAsync("tab", Cancel);
        Assert.Equal(["1"], Values((await Reader.AllAsync(arn)).Select(pair => pair.Record)));
        var again = await CreateStreamAsync();
        Assert.NotEqual(arn, again);
        await PutAsync("b", 2);
        Assert.Equal(["2"], Values((await Reader.AllAsync(again)).Select(pair => pair.Record)));
        Assert.Equal(["1"], Values((await Reader.AllAsync(arn)).Select(pair => pair.Record)));
        Time.Advance(TimeSpan.FromHours(24));
        await WorkAsync();
        Assert.Equal([again], await ListAsync());
    }

    [Fact]
    public async Task Reading_behind_what_is_kept_is_refused()
    {
        var arn = await CreateStreamAsync();
        await PutAsync("a", 1);
        await PutAsync("a", 2);
        var shard = (await Reader.ShardsAsync(arn))[0].Id;
        var (records, _) = await Reader.RecordsAsync(await Reader.IteratorAsync(arn, shard), limit: 1);
        var number = records[0].GetProperty("dynamodb").GetProperty("SequenceNumber").GetString();
        Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(5));
        var late = await Reader.IteratorAsync(arn, shard, "AFTER_SEQUENCE_NUMBER", number);
        var horizon = await Reader.IteratorAsync(arn, shard);
        Time.Advance(TimeSpan.FromMinutes(10));
        Assert.EndsWith("#TrimmedDataAccessException", await RefusedAsync("GetRecords", $$"""{"ShardIterator":"{{late}}"}"""), StringComparison.Ordinal);
        Assert.Empty((await Reader.RecordsAsync(horizon)).Records);
        Assert.EndsWith(
            "#TrimmedDataAccessException",
            await RefusedAsync("GetShardIterator", $$"""{"StreamArn":"{{arn}}","ShardId":"{{shard}}","ShardIteratorType":"AT_SEQUENCE_NUMBER","SequenceNumber":"{{number}}"}"""),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_places_are_refused()
    {
        var arn = await CreateStreamAsync();
        var shard = (await Reader.ShardsAsync(arn))[0].Id;
        Assert.EndsWith("#ValidationException", await RefusedAsync("GetRecords", """{"ShardIterator":"x"}"""), StringComparison.Ordinal);
        Assert.EndsWith(
            "#ResourceNotFoundException",
            await RefusedAsync("GetShardIterator", $$"""{"StreamArn":"{{arn}}","ShardId":"shardId-00000000000000000000-00000000","ShardIteratorType":"LATEST"}"""),
            StringComparison.Ordinal);
        Assert.EndsWith(
            "#ValidationException",
            await RefusedAsync("GetShardIterator", $$"""{"StreamArn":"{{arn}}","ShardId":"{{shard}}","ShardIteratorType":"AT_SEQUENCE_NUMBER"}"""),
            StringComparison.Ordinal);
        Assert.EndsWith("#ValidationException", await RefusedAsync("DescribeStream", $$"""{"StreamArn":"{{arn}}","Limit":101}"""), StringComparison.Ordinal);
    }

    private async Task<string> CreateStreamAsync(Action<CreateTableRequest>? change = null)
    {
        await CreateAsync(change: request =>
        {
            request.StreamSpecification = new() { StreamEnabled = true, StreamViewType = StreamViewType.NEW_AND_OLD_IMAGES };
            change?.Invoke(request);
        });
        return (await Client.DescribeTableAsync("tab", Cancel)).Table.LatestStreamArn;
    }

    private Task<UpdateTableResponse> SwitchAsync(bool enabled) => Client.UpdateTableAsync(
        new UpdateTableRequest
        {
            TableName = "tab",
            StreamSpecification = new() { StreamEnabled = enabled, StreamViewType = enabled ? StreamViewType.NEW_IMAGE : null },
        },
        Cancel);

    private Task<PutItemResponse> PutAsync(string p, int v) => Client.PutItemAsync("tab", Item(("p", S(p)), ("c", N(1)), ("v", N(v))), Cancel);

    private Task WorkAsync() => Server.Services.GetRequiredService<TableLoop>().RunOnceAsync(Cancel);

    private async Task<List<string?>> ListAsync() =>
        [.. (await Reader.CallAsync("ListStreams", "{}")).Body.GetProperty("Streams").EnumerateArray().Select(stream => stream.GetProperty("StreamArn").GetString())];

    private async Task<string> RefusedAsync(string operation, string input)
    {
        var (status, body) = await Reader.CallAsync(operation, input);
        Assert.Equal(400, status);
        return body.GetProperty("__type").GetString()!;
    }

    private static IEnumerable<string?> Values(IEnumerable<JsonElement> records) =>
        records.Select(record => record.GetProperty("dynamodb").GetProperty("NewImage").GetProperty("v").GetProperty("N").GetString());

    private static IEnumerable<string> Ancestors(Dictionary<string, StreamShard> shards, string shard)
    {
        while (shards.TryGetValue(shard, out var found) && found.Parent is { } parent)
        {
            yield return shard = parent;
        }
    }
}
