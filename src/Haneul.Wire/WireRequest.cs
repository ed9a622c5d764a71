namespace Haneul.Wire;

/// <summary>A request as protocols see it: no server's types, so that a test can make one.</summary>
public abstract class WireRequest
{
    public abstract string Method { get; }

    /// <summary>The path as it was sent, still percent-encoded.</summary>
    public abstract string RawPath { get; }

    /// <summary>The query as it was sent, without the question mark.</summary>
    public abstract string RawQuery { get; }

    /// <summary>The whole body; empty while it is streamed.</summary>
    public abstract ReadOnlyMemory<byte> Body { get; }

    /// <summary>The body as it arrives.</summary>
    public abstract Stream BodyStream { get; }

    /// <summary>The values of a header, joined by commas, or null.</summary>
    public abstract string? Header(string name);

    /// <summary>All headers whose names begin so, with the rest of their names.</summary>
    public abstract IEnumerable<KeyValuePair<string, string>> HeadersWithPrefix(string prefix);
}
