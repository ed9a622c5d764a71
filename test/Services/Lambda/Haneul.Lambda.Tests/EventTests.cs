using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace Haneul.Lambda.Tests;

/// <summary>Invocations that nobody waits for.</summary>
public sealed class EventTests : IAsyncLifetime
{
    private const string Event = "Event";
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private LambdaCloud _cloud = null!;

    public async ValueTask InitializeAsync()
    {
        Machine.Needs.Sandboxes();
        _cloud = await LambdaCloud.StartAsync(_time);
    }

    public async ValueTask DisposeAsync()
    {
        if (_cloud is not null)
        {
            await _cloud.DisposeAsync();
        }
    }

    [Fact]
    public async Task An_event_is_taken_at_once_and_handled_afterwards()
    {
        await CreateAsync("f", "def handler(event, context): print('got', event['n'], context.aws_request_id)");
        var answer = await _cloud.InvokeAsync("f", """{"n":7}""", ("X-Amz-Invocation-Type", Event));
        Assert.Equal(202, answer.Status);
        Assert.Equal("", answer.Body);
        await LoggedAsync("f", $"got 7 {answer.RequestId}\n", 1);
    }

    [Fact]
    public async Task A_failing_function_is_tried_again_after_one_and_two_minutes()
    {
        await CreateAsync("f", "def handler(event, context):\n  print('try', context.aws_request_id)\n  raise ValueError('no')");
        await CreateAsync("sink", "import json\ndef handler(event, context): print('sink', json.dumps(event))");
        var sink = "arn:aws:lambda:us-east-1:000000000000:function:sink";
        await _cloud.CallAsync(
            HttpMethod.Put, "/2019-09-25/functions/f/event-invoke-config", $$$$"""{"DestinationConfig":{"OnFailure":{"Destination":"{{{{sink}}}}"}}}""");
        var answer = await _cloud.InvokeAsync("f", """{"x":1}""", ("X-Amz-Invocation-Type", Event));
        var line = $"try {answer.RequestId}\n";
        await LoggedAsync("f", line, 1);
        await AdvanceUntilAsync(TimeSpan.FromSeconds(30), () => CountAsync("f", line), 2);
        await AdvanceUntilAsync(TimeSpan.FromSeconds(30), () => CountAsync("f", line), 3);
        string? told = null;
        await WaitAsync(async () => (told = (await _cloud.LogAsync("/aws/lambda/sink")).FirstOrDefault(text => text.StartsWith("sink ", StringComparison.Ordinal))) is not null);
        var record = JsonDocument.Parse(told!["sink ".Length..]).RootElement;
        Assert.Equal("RetriesExhausted", record.GetProperty("requestContext").GetProperty("condition").GetString());
        Assert.Equal(3, record.GetProperty("requestContext").GetProperty("approximateInvokeCount").GetInt32());
        Assert.Equal("arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST", record.GetProperty("requestContext").GetProperty("functionArn").GetString());
        Assert.Equal(1, record.GetProperty("requestPayload").GetProperty("x").GetInt32());
        Assert.Equal("ValueError", record.GetProperty("responsePayload").GetProperty("errorType").GetString());
        Assert.Equal("Unhandled", record.GetProperty("responseContext").GetProperty("functionError").GetString());
        Assert.Equal(3, await CountAsync("f", line));
    }

    [Fact]
    public async Task Success_goes_to_its_destination()
    {
        await CreateAsync("f", "def handler(event, context): return {'twice': event['n'] * 2}");
        await CreateAsync("sink", "def handler(event, context): print('sink', event['requestContext']['condition'], event['responsePayload']['twice'])");
        await _cloud.CallAsync(
            HttpMethod.Put, "/2019-09-25/functions/f/event-invoke-config",
            """{"MaximumRetryAttempts":0,"DestinationConfig":{"OnSuccess":{"Destination":"arn:aws:lambda:us-east-1:000000000000:function:sink"}}}""");
        await _cloud.InvokeAsync("f", """{"n":21}""", ("X-Amz-Invocation-Type", Event));
        await LoggedAsync("sink", "sink Success 42\n", 1);
    }

    [Fact]
    public async Task An_event_waits_while_there_is_no_place_for_it()
    {
        await CreateAsync("f", "def handler(event, context): print('ran')");
        await _cloud.CallAsync(HttpMethod.Put, "/2017-10-31/functions/f/concurrency", """{"ReservedConcurrentExecutions":0}""");
        Assert.Equal(202, (await _cloud.InvokeAsync("f", "{}", ("X-Amz-Invocation-Type", Event))).Status);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, await CountAsync("f", "ran\n"));
        await _cloud.CallAsync(HttpMethod.Delete, "/2017-10-31/functions/f/concurrency");
        await AdvanceUntilAsync(TimeSpan.FromSeconds(30), () => CountAsync("f", "ran\n"), 1);
    }

    [Fact]
    public async Task Settings_are_kept_changed_listed_and_removed()
    {
        await CreateAsync("f", "def handler(event, context): pass");
        const string path = "/2019-09-25/functions/f/event-invoke-config";
        Assert.Equal(404, (await _cloud.SendAsync(HttpMethod.Get, path)).Status);
        Assert.Equal(400, (await _cloud.SendAsync(HttpMethod.Put, path, "{}")).Status);
        var (status, refused) = await _cloud.SendAsync(
            HttpMethod.Put, path, """{"DestinationConfig":{"OnFailure":{"Destination":"arn:aws:sqs:us-east-1:000000000000:q"}}}""");
        Assert.Equal(400, status);
        Assert.Equal(
            "Haneul does not support destination arn:aws:sqs:us-east-1:000000000000:q of PutFunctionEventInvokeConfig yet.", refused.GetProperty("message").GetString());
        await _cloud.CallAsync(HttpMethod.Put, path, """{"MaximumEventAgeInSeconds":60}""");
        await _cloud.CallAsync(HttpMethod.Post, path, """{"MaximumRetryAttempts":1}""");
        var shown = await _cloud.CallAsync(HttpMethod.Get, path);
        Assert.Equal(60, shown.GetProperty("MaximumEventAgeInSeconds").GetInt32());
        Assert.Equal(1, shown.GetProperty("MaximumRetryAttempts").GetInt32());
        Assert.Equal("{}", shown.GetProperty("DestinationConfig").GetProperty("OnFailure").GetRawText());
        Assert.Equal(1, (await _cloud.CallAsync(HttpMethod.Get, path + "/list")).GetProperty("FunctionEventInvokeConfigs").GetArrayLength());
        Assert.Equal(204, (await _cloud.SendAsync(HttpMethod.Delete, path)).Status);
        Assert.Equal(404, (await _cloud.SendAsync(HttpMethod.Delete, path)).Status);
    }

    private Task<JsonElement> CreateAsync(string name, string source) => _cloud.CreateAsync(name, "python3.11", "app.handler", "app.py", source);

    private async Task<int> CountAsync(string function, string line) => (await _cloud.LogAsync("/aws/lambda/" + function)).Count(text => text == line);

    private Task LoggedAsync(string function, string line, int count) => WaitAsync(async () => await CountAsync(function, line) >= count);

    // The cloud's clock moves here alone; functions run by the machine's.
    private Task AdvanceUntilAsync(TimeSpan step, Func<Task<int>> count, int wanted) => WaitAsync(async () =>
    {
        if (await count() >= wanted)
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
}
