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
    public string Answer { get; set; } = """{"statusCode":200,"body":"ok"}""";

    public string? FunctionError { get; set; }

    public ServiceError? Error { get; set; }

    public bool Hangs { get; set; }

    /// <summary>How often a function was called.</summary>
    public int Calls { get; private set; }

    public string? Function { get; private set; }

    public JsonElement Event { get; private set; }

    public CallContext? Origin { get; private set; }

    /// <summary>Completes when a function has been called.</summary>
    public TaskCompletionSource Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask<Outcome<FunctionResult>> InvokeAsync(
        string functionArn, ReadOnlyMemory<byte> payload, CallContext origin, CancellationToken cancel)
    {
        Calls++;
        Function = functionArn;
        Event = JsonDocument.Parse(payload).RootElement.Clone();
        Origin = origin;
        Called.TrySetResult();
        if (Hangs)
        {
            await Task.Delay(Timeout.Infinite, cancel);
        }

        return Error is null ? new FunctionResult(Encoding.UTF8.GetBytes(Answer), FunctionError, "$LATEST") : Error;
    }

    public ValueTask<Outcome<Unit>> SendAsync(string functionArn, ReadOnlyMemory<byte> payload, CallContext origin, CancellationToken cancel) =>
        throw new NotSupportedException("An HTTP API waits for its functions.");
}
