using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Integration;

/// <summary>Runs functions for other services. Implemented by Lambda, by calling its own <c>Invoke</c> through the pipeline.</summary>
public interface IFunctions
{
    /// <summary>Invokes a function and waits for its answer.</summary>
    /// <param name="functionArn">With or without a qualifier.</param>
    /// <param name="payload">The event, JSON in UTF-8.</param>
    /// <param name="origin">Who asks: a service principal with its source ARN, or a user.</param>
    /// <param name="cancel">Ends the wait; the function itself runs on.</param>
    ValueTask<Outcome<FunctionResult>> InvokeAsync(string functionArn, ReadOnlyMemory<byte> payload, CallContext origin, CancellationToken cancel);

    /// <summary>Hands a function an event and does not wait for it: it is queued and retried as asynchronous invocations are.</summary>
    /// <param name="functionArn">With or without a qualifier.</param>
    /// <param name="payload">The event, JSON in UTF-8.</param>
    /// <param name="origin">Who asks.</param>
    /// <param name="cancel">Ends the wait for the queue.</param>
    ValueTask<Outcome<Unit>> SendAsync(string functionArn, ReadOnlyMemory<byte> payload, CallContext origin, CancellationToken cancel);
}

/// <param name="Payload">What the function returned, or its error object.</param>
/// <param name="FunctionError"><c>Unhandled</c> when the function failed; null when it succeeded.</param>
/// <param name="ExecutedVersion">The version that ran.</param>
public sealed record FunctionResult(ReadOnlyMemory<byte> Payload, string? FunctionError, string ExecutedVersion);
