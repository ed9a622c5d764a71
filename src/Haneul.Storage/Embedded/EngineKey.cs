using System.Buffers;

namespace Haneul.Storage.Embedded;

/// <summary>A key behind the head of its partition, on the stack if it fits.</summary>
internal readonly ref struct EngineKey
{
    private readonly byte[]? _rented;

    public EngineKey(ReadOnlySpan<byte> head, ReadOnlySpan<byte> key, Span<byte> buffer)
    {
        var length = head.Length + key.Length;
        if (length > buffer.Length)
        {
            buffer = _rented = ArrayPool<byte>.Shared.Rent(length);
        }

        head.CopyTo(buffer);
        key.CopyTo(buffer[head.Length..]);
        Span = buffer[..length];
    }

    public ReadOnlySpan<byte> Span { get; }

    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }
    }
}
