using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Haneul.Integration;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Haneul.Lambda.Tests;

/// <summary>How mappings read the shards of a stream and what time does to a batch, on a stream that the test holds.</summary>
public sealed class EventSourceTests : IAsyncLifetime
{
    private const string Mappings = "/2015-03-31/event-source-mappings";
    private const string Stream = "arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/s";
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private readonly StreamOfTests _stream = new();
    private LambdaCloud _cloud = null!;

    public async ValueTask InitializeAsync()
    {
        Machine.Needs.Sandboxes();
        _cloud = await LambdaCloud.StartAsync(_time, _stream);
    }

    public async ValueTask DisposeAsync()
    {
        if (_cloud is not null)
        {
            await _cloud.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_shard_is_finished_before_its_children_begin()
    {
        _stream.Shards["parent"] = [Record(1), Record(2)];
        _stream.Shards["child"] = [Record(3)];
        await MapAsync("def handler(event, context): print('saw', *[r['n'] for r in event['Records']])", "");
        await SawAsync("saw 1\n", "saw 2\n", "saw 3\n");
        Assert.Equal(["parent", "child"], _stream.Opened);
    }

    [Fact]
    public async Task A_failed_batch_waits_by_the_clock_and_ends_with_its_age()
    {
        _stream.Shards["parent"] = [Record(1)];
        _stream.Shards["child"] = [Record(2)];
        await MapAsync(
            "def handler(event, context):\n  print('saw', event['Records'][0]['n'])\n  if event['Records'][0]['n'] == 1: raise ValueError('no')",
            ""","MaximumRecordAgeInSeconds":3600""");
        await SawAsync("saw 1\n");
        await AdvanceUntilAsync(TimeSpan.FromMilliseconds(500), lines => lines.Length >= 2);
        Assert.DoesNotContain("saw 2\n", await LogAsync());
        await AdvanceUntilAsync(TimeSpan.FromSeconds(120), lines => lines.Contains("saw 2\n"));
        var lines = await LogAsync();
        Assert.Equal("saw 2\n", Assert.Single(lines, line => line != "saw 1\n"));
        Assert.Equal("saw 2\n", lines[^1]);
    }

    private async Task MapAsync(string source, string settings)
    {
        await _cloud.CreateAsync("f", "python3.11", "app.handler", "app.py", source);
        await _cloud.CallAsync(
            HttpMethod.Post, Mappings, $$"""{"FunctionName":"f","EventSourceArn":"{{Stream}}","StartingPosition":"TRIM_HORIZON","BatchSize":1{{settings}}}""");
    }

    // The second is from later, so that it does not age with the first.
    private StreamedRecord Record(int number) =>
        new($"{number}", _time.GetUtcNow().AddSeconds(number == 2 ? 24 * 3600 : 0), Encoding.UTF8.GetBytes($$"""{"n":{{number}}}"""));

    private async Task<string[]> LogAsync() =>
        [.. (await _cloud.LogAsync("/aws/lambda/f")).Where(line => line.StartsWith("saw ", StringComparison.Ordinal))];

    private async Task SawAsync(params string[] expected)
    {
        await WaitAsync(async () => (await LogAsync()).Length >= expected.Length);
        Assert.Equal(expected, await LogAsync());
    }

    // When the batch begins to wait is not to be seen from outside.
    private Task AdvanceUntilAsync(TimeSpan step, Func<string[], bool> condition) => WaitAsync(async () =>
    {
        if (condition(await LogAsync()))
        {
            return true;
        }

        _time.Advance(step);
        return false;
    });

    private static async Task WaitAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await condition())
        {
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>A stream of two closed shards, one behind the other.</summary>
    private sealed class StreamOfTests : IServiceModule, IRecordStreams
    {
        public ConcurrentDictionary<string, StreamedRecord[]> Shards { get; } = new();

        public ConcurrentQueue<string> Opened { get; } = new();

        public ServiceModel Model { get; } = new()
        {
            Id = "test-streams", ServiceId = "Test Streams", SigningName = "test-streams", ActionPrefix = "test", EndpointPrefix = "test-streams",
            ApiVersion = "1", Protocols = [Protocol.AwsJson11], TargetPrefix = "TestStreams", Operations = [],
        };

        public void Register(IServiceCollection services) => services.AddSingleton<IRecordStreams>(this);

        public void Map(OperationTable operations)
        {
        }

        public bool Has(string streamArn) => streamArn == Stream;

        public ValueTask<Outcome<Unit>> CheckAsync(string streamArn, CallContext reader, CancellationToken cancel) => new(Unit.Value);

        public ValueTask<Outcome<RecordStream>> DescribeAsync(string streamArn, CallContext reader, CancellationToken cancel) => new(new RecordStream(
            Enabled: false, [new RecordShard("parent", Parent: null, Closed: true), new RecordShard("child", "parent", Closed: true)]));

        public ValueTask<Outcome<RecordPosition>> OpenAsync(
            string streamArn, string shardId, RecordStart start, CallContext reader, CancellationToken cancel)
        {
            Opened.Enqueue(shardId);
            return new(new RecordPosition($"{shardId}/0"));
        }

        public ValueTask<Outcome<RecordPage>> ReadAsync(RecordPosition position, int limit, CallContext reader, CancellationToken cancel)
        {
            var parts = position.Token.Split('/');
            var at = int.Parse(parts[1], CultureInfo.InvariantCulture);
            var records = Shards[parts[0]].Skip(at).Take(limit).ToArray();
            at += records.Length;
            return new(new RecordPage(records, at < Shards[parts[0]].Length ? new RecordPosition($"{parts[0]}/{at}") : null));
        }

        public ValueTask WaitAsync(RecordPosition position, TimeSpan atMost, CancellationToken cancel) => default;
    }
}
