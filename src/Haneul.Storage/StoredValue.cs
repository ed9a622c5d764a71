using System.Buffers;

namespace Haneul.Storage;

/// <summary>The answer of a point read. Dispose it to give a pooled buffer back; the span is invalid afterwards.</summary>
public readonly ref struct StoredValue
{
    private readonly byte[]? _rented;

    internal StoredValue(ReadOnlySpan<byte> value, byte[]? rented)
    {
        Span = value;
        Exists = true;
        _rented = rented;
    }

    /// <summary>Whether the key has a value; an empty value exists.</summary>
    public bool Exists { get; }

    public ReadOnlySpan<byte> Span { get; }

    public byte[]? ToArray() => Exists ? Span.ToArray() : null;

    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }
    }
}
