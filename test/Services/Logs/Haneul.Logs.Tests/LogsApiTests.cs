using System.Globalization;
using System.Text;
using System.Text.Json;
using Haneul.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Haneul.Logs.Tests;

/// <summary>The service over HTTP. No official .NET client of it restores everywhere, so the requests are written out.</summary>
public sealed class LogsApiTests : IAsyncLifetime
{
    private const long Now = 1_750_000_000_000;
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(Now));
    private readonly HttpClient _client = new();
    private HaneulServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await HaneulServer.StartAsync(time: _time, modules: new LogsModule());

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Events_come_back_in_pages_both_ways()
    {
        await NewStreamAsync();
        await CallAsync("PutLogEvents", Put(0, "a", "b", "c", "d", "e"));

        var newest = await CallAsync("GetLogEvents", """{"logGroupName":"g","logStreamName":"s","limit":2}""");
        Assert.Equal(["d", "e"], Messages(newest));
        var before = await CallAsync("GetLogEvents", Get(newest, "nextBackwardToken"));
        Assert.Equal(["b", "c"], Messages(before));
        var after = await CallAsync("GetLogEvents", Get(before, "nextForwardToken"));
        Assert.Equal(["d", "e"], Messages(after));
        var end = await CallAsync("GetLogEvents", Get(after, "nextForwardToken"));
        Assert.Empty(Messages(end));
        Assert.Equal(after.GetProperty("nextForwardToken").GetString(), end.GetProperty("nextForwardToken").GetString());

        var head = await CallAsync("GetLogEvents", """{"logGroupName":"g","logStreamName":"s","limit":2,"startFromHead":true}""");
        Assert.Equal(["a", "b"], Messages(head));
    }

    [Fact]
    public async Task The_end_time_is_not_included()
    {
        await NewStreamAsync();
        await CallAsync("PutLogEvents", Put(0, "a", "b", "c"));
        var read = await CallAsync(
            "GetLogEvents", $$"""{"logGroupName":"g","logStreamName":"s","startTime":{{Now}},"endTime":{{Now + 2}},"startFromHead":true}""");
        Assert.Equal(["a", "b"], Messages(read));
    }

    [Fact]
    public async Task Streams_tell_their_first_and_last_event()
    {
        await NewStreamAsync();
        await CallAsync("PutLogEvents", Put(0, "a", "b"));
        var stream = (await CallAsync("DescribeLogStreams", """{"logGroupName":"g"}""")).GetProperty("logStreams")[0];
        Assert.Equal(Now, stream.GetProperty("firstEventTimestamp").GetInt64());
        Assert.Equal(Now + 1, stream.GetProperty("lastEventTimestamp").GetInt64());
        Assert.Equal("arn:aws:logs:us-east-1:000000000000:log-group:g:log-stream:s", stream.GetProperty("arn").GetString());
    }

    [Fact]
    public async Task Old_and_future_events_are_reported_and_left_out()
    {
        await NewStreamAsync();
        var old = Now - (long)TimeSpan.FromDays(15).TotalMilliseconds;
        var rejected = await CallAsync("PutLogEvents", Put(old - Now, "old"));
        Assert.Equal(1, rejected.GetProperty("rejectedLogEventsInfo").GetProperty("tooOldLogEventEndIndex").GetInt32());
        rejected = await CallAsync("PutLogEvents", Put((long)TimeSpan.FromHours(3).TotalMilliseconds, "new"));
        Assert.Equal(0, rejected.GetProperty("rejectedLogEventsInfo").GetProperty("tooNewLogEventStartIndex").GetInt32());
        Assert.Empty(Messages(await CallAsync("GetLogEvents", """{"logGroupName":"g","logStreamName":"s"}""")));
    }

    [Fact]
    public async Task Deleting_a_group_deletes_what_is_in_it_and_nothing_else()
    {
        await NewStreamAsync();
        await CallAsync("CreateLogGroup", """{"logGroupName":"g2"}""");
        await CallAsync("PutLogEvents", Put(0, "a"));
        await CallAsync("DeleteLogGroup", """{"logGroupName":"g"}""");
        await NewStreamAsync();
        Assert.Empty(Messages(await CallAsync("GetLogEvents", """{"logGroupName":"g","logStreamName":"s"}""")));
        Assert.Equal(2, (await CallAsync("DescribeLogGroups", "{}")).GetProperty("logGroups").GetArrayLength());
    }

    [Fact]
    public async Task Groups_are_listed_in_pages()
    {
        foreach (var name in (string[])["c", "a", "b"])
        {
            await CallAsync("CreateLogGroup", $$"""{"logGroupName":"{{name}}"}""");
        }

        var page = await CallAsync("DescribeLogGroups", """{"limit":2}""");
        Assert.Equal(["a", "b"], Names(page));
        Assert.Equal(["c"], Names(await CallAsync("DescribeLogGroups", $$"""{"limit":2,"nextToken":"{{page.GetProperty("nextToken").GetString()}}"}""")));

        static IEnumerable<string?> Names(JsonElement page) =>
            page.GetProperty("logGroups").EnumerateArray().Select(group => group.GetProperty("logGroupName").GetString());
    }

    [Theory]
    [InlineData("CreateLogGroup", """{"logGroupName":"g"}""", "ResourceAlreadyExistsException", "The specified log group already exists")]
    [InlineData("CreateLogStream", """{"logGroupName":"g","logStreamName":"s"}""", "ResourceAlreadyExistsException", "The specified log stream already exists")]
    [InlineData("CreateLogStream", """{"logGroupName":"no","logStreamName":"s"}""", "ResourceNotFoundException", "The specified log group does not exist.")]
    [InlineData("GetLogEvents", """{"logGroupName":"g","logStreamName":"no"}""", "ResourceNotFoundException", "The specified log stream does not exist.")]
    [InlineData("DeleteLogGroup", """{"logGroupName":"no"}""", "ResourceNotFoundException", "The specified log group does not exist.")]
    [InlineData(
        "PutLogEvents", """{"logGroupName":"g","logStreamName":"s","logEvents":[{"timestamp":2,"message":"a"},{"timestamp":1,"message":"b"}]}""",
        "InvalidParameterException", "Log events in a single PutLogEvents request must be in chronological order.")]
    [InlineData(
        "DescribeLogStreams", """{"logGroupName":"g","limit":51}""", "InvalidParameterException",
        "1 validation error detected: Value '51' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 50")]
    [InlineData("CreateLogGroup", """{"logGroupName":"k","kmsKeyId":"arn:aws:kms:us-east-1:000000000000:key/x"}""", "InvalidParameterException",
        "Haneul does not support kmsKeyId of CreateLogGroup yet.")]
    public async Task Refusals_are_worded_as_aws_words_them(string operation, string input, string code, string message)
    {
        await NewStreamAsync();
        var (status, body) = await SendAsync(operation, input);
        Assert.Equal(400, status);
        Assert.Equal(code, body.GetProperty("__type").GetString());
        Assert.Equal(message, body.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_search_goes_over_streams_in_order_of_time_and_page_by_page()
    {
        await NewStreamAsync();
        await CallAsync("CreateLogStream", """{"logGroupName":"g","logStreamName":"r"}""");
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        await CallAsync("PutLogEvents", $$"""{"logGroupName":"g","logStreamName":"s","logEvents":[{"timestamp":{{now}},"message":"keep 1"},{"timestamp":{{now + 2}},"message":"keep 3"},{"timestamp":{{now + 2}},"message":"drop"}]}""");
        await CallAsync("PutLogEvents", $$"""{"logGroupName":"g","logStreamName":"r","logEvents":[{"timestamp":{{now + 1}},"message":"keep 2"},{"timestamp":{{now + 2}},"message":"keep 2b"},{"timestamp":{{now + 3}},"message":"keep 4"}]}""");
        var found = new List<string?>();
        string? token = null;
        do
        {
            var next = token is null ? "" : $",\"nextToken\":\"{token}\"";
            var page = await CallAsync("FilterLogEvents", $$"""{"logGroupName":"g","filterPattern":"keep","limit":2{{next}}}""");
            found.AddRange(page.GetProperty("events").EnumerateArray().Select(item => item.GetProperty("message").GetString()));
            token = page.TryGetProperty("nextToken", out var value) ? value.GetString() : null;
        }
        while (token is not null);
        Assert.Equal(["keep 1", "keep 2", "keep 2b", "keep 3", "keep 4"], found);

        var some = await CallAsync("FilterLogEvents", $$"""{"logGroupName":"g","logStreamNames":["r"],"startTime":{{now + 2}},"endTime":{{now + 3}}}""");
        Assert.Equal("keep 2b", Assert.Single(some.GetProperty("events").EnumerateArray()).GetProperty("message").GetString());
        var (status, body) = await SendAsync("FilterLogEvents", """{"logGroupName":"g","nextToken":"abc"}""");
        Assert.Equal(400, status);
        Assert.Equal("The specified nextToken is invalid.", body.GetProperty("message").GetString());
    }

    private async Task NewStreamAsync()
    {
        await CallAsync("CreateLogGroup", """{"logGroupName":"g"}""");
        await CallAsync("CreateLogStream", """{"logGroupName":"g","logStreamName":"s"}""");
    }

    private static string Put(long offset, params string[] messages) =>
        """{"logGroupName":"g","logStreamName":"s","logEvents":["""
        + string.Join(',', messages.Select((text, i) =>
            string.Create(CultureInfo.InvariantCulture, $$"""{"timestamp":{{Now + offset + i}},"message":"{{text}}"}""")))
        + "]}";

    private static string Get(JsonElement page, string token) =>
        $$"""{"logGroupName":"g","logStreamName":"s","limit":2,"nextToken":"{{page.GetProperty(token).GetString()}}"}""";

    private static IEnumerable<string?> Messages(JsonElement page) =>
        page.GetProperty("events").EnumerateArray().Select(item => item.GetProperty("message").GetString());

    private async Task<JsonElement> CallAsync(string operation, string input)
    {
        var (status, body) = await SendAsync(operation, input);
        Assert.True(status == 200, body.ToString());
        return body;
    }

    private async Task<(int Status, JsonElement Body)> SendAsync(string operation, string input)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _server.Url)
        {
            Content = new StringContent(input, Encoding.UTF8, "application/x-amz-json-1.1"),
        };
        request.Headers.Add("X-Amz-Target", "Logs_20140328." + operation);
        using var response = await _client.SendAsync(request, Cancel);
        var bytes = await response.Content.ReadAsByteArrayAsync(Cancel);
        return ((int)response.StatusCode, bytes.Length == 0 ? default : JsonDocument.Parse(bytes).RootElement);
    }
}
