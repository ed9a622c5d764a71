using System.Text;
using Haneul.Compute.Environments;
using Haneul.Storage.Keys;

namespace Haneul.Lambda.Events;

/// <summary>An event that waits for its function.</summary>
internal sealed record EventRecord
{
    public required string Function { get; init; }

    public string? Qualifier { get; init; }

    public required string RequestId { get; init; }

    /// <summary>The event, base 64.</summary>
    public required byte[] Payload { get; init; }

    public string? ClientContext { get; init; }

    public string? TraceId { get; init; }

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset Accepted { get; init; }

    /// <summary>How often the function has been invoked with it.</summary>
    public int Attempts { get; init; }

    /// <summary>How often there was no place for it, or nobody to run it.</summary>
    public int Delays { get; init; }

    public Invocation ToInvocation(FunctionReference reference) => new(RequestId, Payload)
    {
        InvokedArn = reference.QualifiedArn, ClientContext = ClientContext, TraceId = TraceId,
    };

    /// <summary>Events are in order of the time they are due.</summary>
    public static byte[] Key(DateTimeOffset due, string requestId)
    {
        var key = new KeyWriter(stackalloc byte[128]);
        try
        {
            key.WriteByte(LambdaKeyspace.Events);
            key.WriteTime(due);
            key.WriteRaw(Encoding.ASCII.GetBytes(requestId));
            return key.Written.ToArray();
        }
        finally
        {
            key.Dispose();
        }
    }

    public static DateTimeOffset DueOf(ReadOnlySpan<byte> key)
    {
        var reader = new KeyReader(key);
        reader.ReadByte();
        return reader.ReadTime();
    }
}

/// <summary>How a function's events are retried, and where they go in the end.</summary>
internal sealed record EventSettings
{
    public int? MaxRetries { get; init; }

    public int? MaxAgeSeconds { get; init; }

    public string? OnSuccess { get; init; }

    public string? OnFailure { get; init; }

    public DateTimeOffset LastModified { get; init; }
}
