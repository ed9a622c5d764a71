using System.Text.Json;
using Haneul.Testing.Clients;

namespace Haneul.DynamoDb.Tests.Api;

/// <summary>Reads streams over HTTP: the official client of the streams is not among the packages that restore everywhere.</summary>
public sealed class StreamReader(Uri url, string region = "us-east-1") : IDisposable
{
    private readonly JsonClient _client = new(url, "DynamoDBStreams_20120810", "1.0", region + "/dynamodb");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Task<(int Status, JsonElement Body)> CallAsync(string operation, string input) => _client.SendAsync(operation, input, Cancel);

    public async Task<JsonElement> DescribeAsync(string arn, string more = "")
    {
        var (status, body) = await CallAsync("DescribeStream", $$"""{"StreamArn":"{{arn}}"{{more}}}""");
        Assert.True(status == 200, body.ToString());
        return body.GetProperty("StreamDescription");
    }

    public async Task<List<StreamShard>> ShardsAsync(string arn, string more = "") =>
        [.. (await DescribeAsync(arn, more)).GetProperty("Shards").EnumerateArray().Select(shard => new StreamShard(
            shard.GetProperty("ShardId").GetString()!,
            shard.TryGetProperty("ParentShardId", out var parent) ? parent.GetString() : null,
            shard.GetProperty("SequenceNumberRange").TryGetProperty("EndingSequenceNumber", out _)))];

    public async Task<string> IteratorAsync(string arn, string shard, string type = "TRIM_HORIZON", string? number = null)
    {
        var at = number is null ? "" : $$""","SequenceNumber":"{{number}}" """;
        var (status, body) = await CallAsync("GetShardIterator", $$"""{"StreamArn":"{{arn}}","ShardId":"{{shard}}","ShardIteratorType":"{{type}}"{{at}}}""");
        Assert.True(status == 200, body.ToString());
        return body.GetProperty("ShardIterator").GetString()!;
    }

    public async Task<(List<JsonElement> Records, string? Next)> RecordsAsync(string iterator, int limit = 1000)
    {
        var (status, page) = await CallAsync("GetRecords", $$"""{"ShardIterator":"{{iterator}}","Limit":{{limit}}}""");
        Assert.True(status == 200, page.ToString());
        return Page(page);
    }

    private static (List<JsonElement> Records, string? Next) Page(JsonElement page) =>
        ([.. page.GetProperty("Records").EnumerateArray()], page.TryGetProperty("NextShardIterator", out var next) ? next.GetString() : null);

    /// <summary>
    /// All records of a stream, parents before children; within a shard in the order in which they are read. Begins again if a jump of the
    /// clock ends an iterator on the way.
    /// </summary>
    public async Task<List<(string Shard, JsonElement Record)>> AllAsync(string arn)
    {
        var records = new List<(string, JsonElement)>();
        foreach (var shard in await ShardsAsync(arn))
        {
            var iterator = await IteratorAsync(arn, shard.Id);
            while (iterator is not null)
            {
                var (status, body) = await CallAsync("GetRecords", $$"""{"ShardIterator":"{{iterator}}"}""");
                if (status == 400 && body.GetProperty("__type").GetString()!.EndsWith("#ExpiredIteratorException", StringComparison.Ordinal))
                {
                    return await AllAsync(arn);
                }

                Assert.True(status == 200, body.ToString());
                var (page, next) = Page(body);
                records.AddRange(page.Select(record => (shard.Id, record)));
                iterator = page.Count == 0 ? null : next;
            }
        }

        return records;
    }

    public void Dispose() => _client.Dispose();
}

public sealed record StreamShard(string Id, string? Parent, bool Closed);
