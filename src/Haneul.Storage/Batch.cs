using System.Buffers.Binary;
using Haneul.Storage.Embedded;

namespace Haneul.Storage;

/// <summary>
/// Changes to one partition that are made together, and conditions for making them. Later operations win over earlier ones on the
/// same key. Not safe for several threads; may be cleared and used again.
/// </summary>
public sealed class Batch
{
    /// <summary>The longest key.</summary>
    public const int MaxKeyLength = ushort.MaxValue;

    private const int HeaderLength = 9;

    // Operations and conditions, each: kind (1), length of the key (4), length of the value (4), key, value.
    private byte[] _operations = [];
    private int _operationsLength;
    private byte[] _conditions = [];
    private int _conditionsLength;

    /// <summary>The number of changes.</summary>
    public int Count { get; private set; }

    /// <summary>The number of conditions.</summary>
    public int ConditionCount { get; private set; }

    /// <summary>About how many bytes the changes take.</summary>
    public int Size => _operationsLength;

    internal BatchItems Operations => new(_operations.AsSpan(0, _operationsLength));

    internal BatchItems Conditions => new(_conditions.AsSpan(0, _conditionsLength));

    public void Put(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => Operate(BatchKind.Put, key, value);

    /// <summary>Removes a key; without a value it already is removed.</summary>
    public void Delete(ReadOnlySpan<byte> key) => Operate(BatchKind.Delete, key, default);

    /// <summary>Removes all keys of a range, including those this batch put before. Cheap however many there are.</summary>
    public void DeleteRange(KeyRange range)
    {
        // The bounds are kept as if inside a partition with a one-byte head, so that an open end has a representation.
        range.Bound([RangeHead], out var lower, out var upper);
        Operate(BatchKind.DeleteRange, lower, upper);
    }

    /// <summary>The commit needs that the key has no value.</summary>
    public Batch RequireAbsent(ReadOnlySpan<byte> key) => Require(BatchKind.Absent, key, default);

    /// <summary>The commit needs that the key has a value.</summary>
    public Batch RequirePresent(ReadOnlySpan<byte> key) => Require(BatchKind.Present, key, default);

    /// <summary>The commit needs that the key has exactly this value.</summary>
    public Batch RequireValue(ReadOnlySpan<byte> key, ReadOnlySpan<byte> expected) => Require(BatchKind.Equal, key, expected);

    /// <summary>The commit needs that the key's value begins with these bytes: a version in front of a larger value.</summary>
    public Batch RequirePrefix(ReadOnlySpan<byte> key, ReadOnlySpan<byte> expected) => Require(BatchKind.StartsWith, key, expected);

    /// <summary>Empties the batch and keeps its memory.</summary>
    public void Clear()
    {
        _operationsLength = _conditionsLength = 0;
        Count = ConditionCount = 0;
    }

    internal const byte RangeHead = 0;

    private void Operate(BatchKind kind, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Append(ref _operations, ref _operationsLength, kind, key, value);
        Count++;
    }

    private Batch Require(BatchKind kind, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Append(ref _conditions, ref _conditionsLength, kind, key, value);
        ConditionCount++;
        return this;
    }

    private static void Append(ref byte[] buffer, ref int length, BatchKind kind, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        // A range's bounds are up to two bytes longer than a key.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, MaxKeyLength + 2, nameof(key));

        var end = checked(length + HeaderLength + key.Length + value.Length);
        if (buffer.Length < end)
        {
            Array.Resize(ref buffer, (int)Math.Min(Array.MaxLength, Math.Max(end, Math.Max(256L, buffer.Length * 2L))));
        }

        var at = buffer.AsSpan(length);
        at[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(at[1..], key.Length);
        BinaryPrimitives.WriteInt32LittleEndian(at[5..], value.Length);
        key.CopyTo(at[HeaderLength..]);
        value.CopyTo(at[(HeaderLength + key.Length)..]);
        length = end;
    }
}
