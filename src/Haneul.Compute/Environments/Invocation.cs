namespace Haneul.Compute.Environments;

/// <summary>An event for a function.</summary>
public sealed record Invocation(string RequestId, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The ARN that was called, with its qualifier if there was one.</summary>
    public required string InvokedArn { get; init; }

    /// <summary>JSON text.</summary>
    public string? ClientContext { get; init; }

    public string? TraceId { get; init; }
}

/// <summary>What became of it.</summary>
/// <param name="Payload">The function's result, or an error object.</param>
/// <param name="FunctionError"><c>Unhandled</c> if the function failed.</param>
/// <param name="LogTail">The last 4 KB of what it logged.</param>
public sealed record InvocationResult(ReadOnlyMemory<byte> Payload, string? FunctionError, ReadOnlyMemory<byte> LogTail);
