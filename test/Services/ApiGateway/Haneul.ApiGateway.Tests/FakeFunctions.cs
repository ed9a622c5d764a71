using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Haneul.Integration;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Tests;

/// <summary>Functions that answer what a test says, and keep what they were given.</summary>
internal sealed class FakeFunctions : IFunctions
{
    private readonly ConcurrentDictionary<string, int> _calls = new();

    /// <summary>What functions answer that have no answer of their own.</summary>
    public string Answer { get; set; } = """{"statusCode":200,"body":"ok"}""";

    /// <summary>Answers by the function's ARN.</summary>
    public ConcurrentDictionary<string, string> By { get; } = new();

    /// <summary>Answers by what is asked; null for the other ways.</summary>
    public Func<JsonElement, string?> Says { get; set; } = static _ => null;

    public string? FunctionError { get; set; }

    public ServiceError? Error { get; set; }

    public bool Hangs { get; set; }

    /// <summary>How often a function was called.</summary>
    public int Calls => _calls.Values.Sum();

    public string? Function { get; private set; }

    public JsonElement Event { get; private set; }

    public CallContext? Origin { get; private set; }

    /// <summary>The last event of each function.</summary>
    public ConcurrentDictionary<string, JsonElement> Events { get; } = new();

    /// <summary>The last caller of each function.</summary>
    public ConcurrentDictionary<string, CallContext> Origins { get; } = new();

    /// <summary>All events, in the order in which they came.</summary>
    public ConcurrentQueue<JsonElement> Log { get; } = [];

    /// <summary>Completes when a function has been called.</summary>
    public TaskCompletionSource Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int CallsOf(string function) => _calls.GetValueOrDefault(function);

    public async ValueTask<Outcome<FunctionResult>> InvokeAsync(
        string functionArn, ReadOnlyMemory<byte> payload, CallContext origin, CancellationToken cancel)
    {
        _calls.AddOrUpdate(functionArn, 1, (_, calls) => calls + 1);
        Function = functionArn;
        Event = JsonDocument.Parse(payload).RootElement.Clone();
        Origin = origin;
        Events[functionArn] = Event;
        Origins[functionArn] = origin;
        var answer = Says(Event) ?? By.GetValueOrDefault(functionArn, Answer);
        Log.Enqueue(Event);
        Called.TrySetResult();
        if (Hangs)
        {
            await Task.Delay(Timeout.Infinite, cancel);
        }

        return Error is null ? new FunctionResult(Encoding.UTF8.GetBytes(answer), FunctionError, "$LATEST") : Error;
    }

    public ValueTask<Outcome<Unit>> SendAsync(string functionArn, ReadOnlyMemory<byte> payload, CallContext origin, CancellationToken cancel) =>
        throw new NotSupportedException("An HTTP API waits for its functions.");
}
