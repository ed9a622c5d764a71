using System.Buffers;

namespace Haneul.Wire;

/// <summary>An answer as protocols make it: status and headers first, then bytes.</summary>
public abstract class WireResponse
{
    public int Status { get; set; } = 200;

    public string? ContentType { get; set; }

    /// <summary>Where a body of bytes goes.</summary>
    public abstract IBufferWriter<byte> Body { get; }

    /// <summary>A body that is copied while it is sent, instead of <see cref="Body"/>.</summary>
    public Stream? BodyStream { get; set; }

    /// <summary>Writes a body piece by piece, flushing after each, instead of <see cref="Body"/>.</summary>
    public Func<Stream, CancellationToken, Task>? BodyPump { get; set; }

    public abstract void SetHeader(string name, string value);
}
