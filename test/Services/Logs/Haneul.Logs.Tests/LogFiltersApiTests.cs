using System.IO.Compression;
using System.Text.Json;
using Haneul.Integration;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Logs.Groups;
using Haneul.Testing;
using Haneul.Testing.Clients;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Haneul.Logs.Tests;

/// <summary>Retention, tags, metric filters and subscriptions over HTTP.</summary>
public sealed class LogFiltersApiTests : IAsyncLifetime
{
    private const long Now = 1_750_000_000_000;
    private const string Function = "arn:aws:lambda:us-east-1:000000000000:function:f";
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(Now));
    private readonly Reports _reports = new();
    private readonly Functions _functions = new();
    private HaneulServer _server = null!;
    private JsonClient _client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await HaneulServer.StartAsync(
            time: _time,
            configure: services => services.AddSingleton<IMetrics>(_reports).AddSingleton<IFunctions>(_functions),
            modules: new LogsModule());
        _client = new JsonClient(_server.Url, "Logs_20140328", "1.1");
        await CallAsync("CreateLogGroup", """{"logGroupName":"g","tags":{"env":"testing1"}}""");
        await CallAsync("CreateLogStream", """{"logGroupName":"g","logStreamName":"s"}""");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Events_are_deleted_when_their_retention_is_over()
    {
        await CallAsync("PutRetentionPolicy", """{"logGroupName":"g","retentionInDays":3}""");
        Assert.Equal(3, (await GroupAsync()).GetProperty("retentionInDays").GetInt32());
        await PutAsync(Now, "old");
        _time.Advance(TimeSpan.FromDays(2));
        await PutAsync(Now + 172_800_000, "new");
        await _server.Services.GetRequiredService<RetentionLoop>().RunOnceAsync(Cancel);
        Assert.Equal(["old", "new"], await MessagesAsync());
        _time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        await _server.Services.GetRequiredService<RetentionLoop>().RunOnceAsync(Cancel);
        Assert.Equal(["new"], await MessagesAsync());
        var stream = (await CallAsync("DescribeLogStreams", """{"logGroupName":"g"}""")).GetProperty("logStreams")[0];
        Assert.Equal(Now + 172_800_000, stream.GetProperty("firstEventTimestamp").GetInt64());

        await CallAsync("DeleteRetentionPolicy", """{"logGroupName":"g"}""");
        _time.Advance(TimeSpan.FromDays(100));
        await _server.Services.GetRequiredService<RetentionLoop>().RunOnceAsync(Cancel);
        Assert.Equal(["new"], await MessagesAsync());
        Assert.False((await GroupAsync()).TryGetProperty("retentionInDays", out _));
    }

    [Fact]
    public async Task Tags_are_one_set_by_name_and_by_arn()
    {
        const string arn = "arn:aws:logs:us-east-1:000000000000:log-group:g";
        await CallAsync("TagResource", $$$"""{"resourceArn":"{{{arn}}}","tags":{"test1":"val1","test2":"val2"}}""");
        await CallAsync("TagLogGroup", """{"logGroupName":"g","tags":{"test3":"val3"}}""");
        Assert.Equal(["env", "test1", "test2", "test3"], await KeysAsync());
        await CallAsync("UntagLogGroup", """{"logGroupName":"g","tags":["test3"]}""");
        await CallAsync("UntagResource", $$"""{"resourceArn":"{{arn}}","tagKeys":["env","test1"]}""");
        Assert.Equal(["test2"], await KeysAsync());
        Assert.Equal("val2", (await CallAsync("ListTagsForResource", $$"""{"resourceArn":"{{arn}}"}""")).GetProperty("tags").GetProperty("test2").GetString());

        async Task<IEnumerable<string>> KeysAsync() => (await CallAsync("ListTagsLogGroup", """{"logGroupName":"g"}""")).GetProperty("tags")
            .EnumerateObject().Select(tag => tag.Name).Order();
    }

    [Fact]
    public async Task Metric_filters_make_metrics_of_events()
    {
        await FilterAsync("count", "ERROR", """{"metricName":"errors","metricNamespace":"N","metricValue":"1","defaultValue":0,"unit":"Count"}""");
        await FilterAsync("json", "{ $.ms > 10 }", """{"metricName":"ms","metricNamespace":"N","metricValue":"$.ms","dimensions":{"Path":"$.path"}}""");
        await FilterAsync("columns", "[ip, ..., bytes]", """{"metricName":"bytes","metricNamespace":"M","metricValue":"$bytes"}""");
        await PutAsync(Now, "ERROR one", """{\"ms\":12.5,\"path\":\"/a\"}""", """{\"ms\":50}""", "1.2.3.4 GET 512");
        Assert.Equal(["M bytes 512 None", "N errors 1 Count", "N ms 12.5 None Path=/a"], _reports.Data);
        _reports.Data.Clear();
        await PutAsync(Now + 60_000, "fine");
        Assert.Equal(["N errors 0 Count"], _reports.Data);

        Assert.Equal(3, (await GroupAsync()).GetProperty("metricFilterCount").GetInt32());
        var described = await CallAsync("DescribeMetricFilters", """{"metricName":"ms","metricNamespace":"N"}""");
        var filter = Assert.Single(described.GetProperty("metricFilters").EnumerateArray());
        Assert.Equal(("json", "{ $.ms > 10 }"), (filter.GetProperty("filterName").GetString(), filter.GetProperty("filterPattern").GetString()));
        await CallAsync("DeleteMetricFilter", """{"logGroupName":"g","filterName":"json"}""");
        var (_, gone) = await _client.SendAsync("DeleteMetricFilter", """{"logGroupName":"g","filterName":"json"}""", Cancel);
        Assert.Equal("The specified metric filter does not exist.", gone.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Patterns_can_be_tried_out()
    {
        var columns = await CallAsync(
            "TestMetricFilter", """{"filterPattern":"[ip, user, size > 100]","logEventMessages":["1.1.1.1 \"a b\" 200","1.1.1.1 c 50","x"]}""");
        var match = Assert.Single(columns.GetProperty("matches").EnumerateArray());
        Assert.Equal(1, match.GetProperty("eventNumber").GetInt64());
        Assert.Equal("""{"$ip":"1.1.1.1","$user":"a b","$size":"200"}""", match.GetProperty("extractedValues").GetRawText());
        var json = await CallAsync("TestMetricFilter", """{"filterPattern":"{ $.a.b = 1 || $.c EXISTS }","logEventMessages":["{\"a\":{\"b\":1}}"]}""");
        Assert.Equal("""{"$.a.b":"1"}""", json.GetProperty("matches")[0].GetProperty("extractedValues").GetRawText());
    }

    [Fact]
    public async Task Subscriptions_send_what_they_pick_to_their_function()
    {
        await SubscribeAsync("sub", "?keep");
        Assert.Equal("CONTROL_MESSAGE", _functions.Sent[0].Event.GetProperty("messageType").GetString());
        await PutAsync(Now, "keep 1", "drop", "keep 2");
        var (function, sent, origin) = _functions.Sent[1];
        Assert.Equal(Function, function);
        Assert.Equal("logs.us-east-1.amazonaws.com", origin.Principal.Arn);
        Assert.Equal("arn:aws:logs:us-east-1:000000000000:log-group:g:*", origin.SourceArn);
        Assert.Equal(("DATA_MESSAGE", "000000000000", "g", "s"), (Text("messageType"), Text("owner"), Text("logGroup"), Text("logStream")));
        Assert.Equal("sub", sent.GetProperty("subscriptionFilters")[0].GetString());
        Assert.Equal(["keep 1", "keep 2"], sent.GetProperty("logEvents").EnumerateArray().Select(item => item.GetProperty("message").GetString()));
        Assert.Equal(56, sent.GetProperty("logEvents")[0].GetProperty("id").GetString()!.Length);

        var described = (await CallAsync("DescribeSubscriptionFilters", """{"logGroupName":"g"}""")).GetProperty("subscriptionFilters")[0];
        Assert.Equal(Function, described.GetProperty("destinationArn").GetString());
        Assert.Equal("ByLogStream", described.GetProperty("distribution").GetString());
        await SubscribeAsync("sub2", "");
        var (_, tooMany) = await _client.SendAsync("PutSubscriptionFilter", Subscription("sub3", ""), Cancel);
        Assert.Equal("Resource limit exceeded.", tooMany.GetProperty("message").GetString());
        await CallAsync("DeleteSubscriptionFilter", """{"logGroupName":"g","filterName":"sub"}""");
        await CallAsync("DeleteSubscriptionFilter", """{"logGroupName":"g","filterName":"sub2"}""");
        _functions.Sent.Clear();
        await PutAsync(Now, "keep 3");
        Assert.Empty(_functions.Sent);

        string? Text(string name) => sent.GetProperty(name).GetString();
    }

    [Fact]
    public async Task A_function_that_may_not_be_called_takes_no_subscription_and_fails_no_writer()
    {
        _functions.Error = CommonErrors.AccessDeniedException.With("no");
        var (_, refused) = await _client.SendAsync("PutSubscriptionFilter", Subscription("sub", ""), Cancel);
        Assert.Equal(
            "Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.",
            refused.GetProperty("message").GetString());
        _functions.Error = null;
        await SubscribeAsync("sub", "");
        _functions.Error = CommonErrors.AccessDeniedException.With("no");
        await PutAsync(Now, "written all the same");
        Assert.Equal(["written all the same"], await MessagesAsync());
    }

    [Theory]
    [InlineData("PutRetentionPolicy", """{"logGroupName":"none","retentionInDays":3}""", "The specified log group does not exist.")]
    [InlineData("PutMetricFilter", """{"logGroupName":"g","filterName":"f","filterPattern":"","metricTransformations":[{"metricName":"m","metricNamespace":"N","metricValue":"1","defaultValue":0,"dimensions":{"a":"$.a"}}]}""",
        "Invalid metric transformation: dimensions and default value are mutually exclusive properties.")]
    [InlineData("PutSubscriptionFilter", """{"logGroupName":"g","filterName":"f","filterPattern":"","destinationArn":"arn:aws:kinesis:us-east-1:000000000000:stream/s"}""",
        "destinationArn for vendor kinesis cannot be used without roleArn")]
    [InlineData("PutSubscriptionFilter", """{"logGroupName":"g","filterName":"f","filterPattern":"","destinationArn":"arn:aws:lambda:us-east-1:111111111111:function:f"}""",
        "Cross-account lambda invocation passing is not allowed. You must use DestinationPolicies to create cross account lambda triggers.")]
    [InlineData("DeleteSubscriptionFilter", """{"logGroupName":"g","filterName":"f"}""", "The specified subscription filter does not exist.")]
    [InlineData("ListTagsLogGroup", """{"logGroupName":"none"}""", "The specified log group does not exist.")]
    public async Task Refusals_are_worded_as_aws_words_them(string operation, string input, string message)
    {
        var (_, body) = await _client.SendAsync(operation, input, Cancel);
        Assert.Equal(message, body.GetProperty("message").GetString());
    }

    private Task<JsonElement> CallAsync(string operation, string input) => _client.CallAsync(operation, input, Cancel);

    private Task<JsonElement> PutAsync(long time, params string[] messages) => CallAsync(
        "PutLogEvents",
        $$"""{"logGroupName":"g","logStreamName":"s","logEvents":[{{string.Join(',', messages.Select(message => $$"""{"timestamp":{{time}},"message":"{{message}}"}"""))}}]}""");

    private Task<JsonElement> FilterAsync(string name, string pattern, string transformation) => CallAsync(
        "PutMetricFilter",
        $$"""{"logGroupName":"g","filterName":"{{name}}","filterPattern":{{JsonSerializer.Serialize(pattern)}},"metricTransformations":[{{transformation}}]}""");

    private Task<JsonElement> SubscribeAsync(string name, string pattern) => CallAsync("PutSubscriptionFilter", Subscription(name, pattern));

    private static string Subscription(string name, string pattern) =>
        $$"""{"logGroupName":"g","filterName":"{{name}}","filterPattern":"{{pattern}}","destinationArn":"{{Function}}"}""";

    private async Task<JsonElement> GroupAsync() => (await CallAsync("DescribeLogGroups", "{}")).GetProperty("logGroups")[0];

    private async Task<IEnumerable<string?>> MessagesAsync() =>
        (await CallAsync("GetLogEvents", """{"logGroupName":"g","logStreamName":"s","startFromHead":true}""")).GetProperty("events")
        .EnumerateArray().Select(item => item.GetProperty("message").GetString());

    private sealed class Reports : IMetrics
    {
        public List<string> Data { get; } = [];

        public ValueTask PutAsync(AccountId account, Region region, string metricNamespace, IReadOnlyList<MetricDatum> data, CancellationToken cancel)
        {
            Data.AddRange(data.Select(datum => string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{metricNamespace} {datum.Name} {datum.Values.Sum} {datum.Unit}{string.Concat(datum.Dimensions.Select(dimension => $" {dimension.Name}={dimension.Value}"))}")));
            return ValueTask.CompletedTask;
        }

        public ValueTask<IReadOnlyList<MetricPoint>> ReadAsync(AccountId account, Region region, MetricQuery query, CancellationToken cancel) =>
            throw new NotSupportedException("Logs read no metrics.");
    }

    private sealed class Functions : IFunctions
    {
        public List<(string Function, JsonElement Event, CallContext Origin)> Sent { get; } = [];

        public ServiceError? Error { get; set; }

        public ValueTask<Outcome<FunctionResult>> InvokeAsync(
            string functionArn, ReadOnlyMemory<byte> payload, CallContext origin, CancellationToken cancel) =>
            throw new NotSupportedException("Subscriptions do not wait for functions.");

        public ValueTask<Outcome<Unit>> SendAsync(string functionArn, ReadOnlyMemory<byte> payload, CallContext origin, CancellationToken cancel)
        {
            if (Error is not null)
            {
                return new(Error);
            }

            var data = JsonDocument.Parse(payload).RootElement.GetProperty("awslogs").GetProperty("data").GetBytesFromBase64();
            using var gzip = new GZipStream(new MemoryStream(data), CompressionMode.Decompress);
            Sent.Add((functionArn, JsonDocument.Parse(gzip).RootElement, origin));
            return new(Unit.Value);
        }
    }
}
