namespace Haneul.Storage;

/// <summary>A key and its value during a scan; both spans are invalid once the cursor moves on.</summary>
public readonly ref struct Entry(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
{
    public ReadOnlySpan<byte> Key { get; } = key;

    public ReadOnlySpan<byte> Value { get; } = value;
}
