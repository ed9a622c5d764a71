using System.Buffers.Binary;

namespace Haneul.Storage.Embedded;

/// <summary>Walks the operations or the conditions of a batch.</summary>
internal ref struct BatchItems(ReadOnlySpan<byte> items)
{
    private ReadOnlySpan<byte> _rest = items;

    public BatchKind Kind { get; private set; }

    public ReadOnlySpan<byte> Key { get; private set; }

    /// <summary>The value, or for a range the upper bound; the range's head byte is in front of both bounds.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var keyLength = BinaryPrimitives.ReadInt32LittleEndian(_rest[1..]);
        var valueLength = BinaryPrimitives.ReadInt32LittleEndian(_rest[5..]);
        Kind = (BatchKind)_rest[0];
        Key = _rest.Slice(9, keyLength);
        Value = _rest.Slice(9 + keyLength, valueLength);
        _rest = _rest[(9 + keyLength + valueLength)..];
        return true;
    }

    /// <summary>The bounds of a range deletion behind the head of its partition.</summary>
    public readonly void Bound(ReadOnlySpan<byte> head, out byte[] lower, out byte[] upper)
    {
        lower = [.. head, .. Key[1..]];

        // An open end is the successor of the head byte itself.
        upper = Value is [Batch.RangeHead + 1] ? KeyRange.SuccessorOf(head, default) : [.. head, .. Value[1..]];
    }
}
