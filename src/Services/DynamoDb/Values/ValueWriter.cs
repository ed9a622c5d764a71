using System.Buffers;

namespace Haneul.DynamoDb.Values;

/// <summary>
/// Composes encoded values in a pooled buffer. Maps and sets may be written in any order: they are sorted when they end.
/// Not safe for several threads; dispose it to give the buffer back.
/// </summary>
internal sealed class ValueWriter : IDisposable
{
    private byte[] _buffer;
    private int _length;

    // Where the entries of the open maps and sets begin; each container uses the part above its own base.
    private int[] _entries = ArrayPool<int>.Shared.Rent(64);
    private int _entryCount;

    public ValueWriter(int size = 1024) => _buffer = ArrayPool<byte>.Shared.Rent(size);

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public int Length => _length;

    /// <summary>What AWS would say about the value, if it is not a legal one; the first finding.</summary>
    public string? Invalid { get; private set; }

    public void Fail(string message) => Invalid ??= message;

    public void Clear()
    {
        _length = _entryCount = 0;
        Invalid = null;
    }

    public void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    public void Byte(byte value) => Take(1)[0] = value;

    public void Number(int value)
    {
        var rest = (uint)value;
        while (rest >= 0x80)
        {
            Byte((byte)(rest | 0x80));
            rest >>= 7;
        }

        Byte((byte)rest);
    }

    /// <summary>A length and the bytes.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Number(bytes.Length);
        Raw(bytes);
    }

    /// <summary>A whole value of kind S, N or B.</summary>
    public void Scalar(ValueKind kind, ReadOnlySpan<byte> payload)
    {
        Byte((byte)kind);
        Bytes(payload);
    }

    public void Kind(ValueKind kind) => Byte((byte)kind);

    /// <summary>Room for bytes whose number is known only afterwards; <see cref="Advance"/> keeps as many as were needed.</summary>
    public Span<byte> Reserve(int size)
    {
        Grow(size);
        return _buffer.AsSpan(_length, size);
    }

    public void Advance(int count) => _length += count;

    /// <summary>Begins something whose length stands in front of it.</summary>
    public int Open() => _length;

    /// <summary>Puts the length of all that was written since <paramref name="start"/> in front of it.</summary>
    public void Close(int start)
    {
        var size = _length - start;
        Insert(start, size);
    }

    /// <summary>Begins the payload of a map or a set.</summary>
    public Container Begin() => new(_length, _entryCount);

    /// <summary>Begins an entry: a name with its value, or an element.</summary>
    public void Entry()
    {
        if (_entryCount == _entries.Length)
        {
            var larger = ArrayPool<int>.Shared.Rent(_entryCount * 2);
            _entries.AsSpan(0, _entryCount).CopyTo(larger);
            ArrayPool<int>.Shared.Return(_entries);
            _entries = larger;
        }

        _entries[_entryCount++] = _length;
    }

    /// <summary>Ends the payload of a map: sorts it and writes the count in front. Of equal names the last one stays.</summary>
    public void EndMap(Container container) => End(container, ValueKind.Map);

    /// <summary>Ends the payload of a list, whose elements were written one after the other.</summary>
    public void EndList(Container container, int count) => Insert(container.Start, count);

    /// <summary>Ends the payload of a set.</summary>
    /// <returns>Whether all elements are different.</returns>
    public bool EndSet(Container container, ValueKind kind) => End(container, kind);

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            ArrayPool<int>.Shared.Return(_entries);
            _buffer = [];
            _entries = [];
        }
    }

    private bool End(Container container, ValueKind kind)
    {
        var entries = _entries.AsSpan(container.Entries, _entryCount - container.Entries);
        var distinct = true;
        if (!IsSorted(entries, kind))
        {
            distinct = Sort(entries, kind, container.Start);
        }

        var count = kind == ValueKind.Map && !distinct ? _sortedCount : entries.Length;
        _entryCount = container.Entries;
        Insert(container.Start, count);
        return distinct;
    }

    private int _sortedCount;

    private bool IsSorted(ReadOnlySpan<int> entries, ValueKind kind)
    {
        for (var i = 1; i < entries.Length; i++)
        {
            if (Compare(entries[i - 1], entries[i], kind) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    private bool Sort(Span<int> entries, ValueKind kind, int start)
    {
        var order = ArrayPool<int>.Shared.Rent(entries.Length);
        var copy = ArrayPool<byte>.Shared.Rent(_length - start);
        try
        {
            var sorted = order.AsSpan(0, entries.Length);
            for (var i = 0; i < sorted.Length; i++)
            {
                sorted[i] = i;
            }

            var positions = entries.ToArray();
            sorted.Sort((a, b) => Compare(positions[a], positions[b], kind) is var c && c != 0 ? c : a.CompareTo(b));
            _buffer.AsSpan(start, _length - start).CopyTo(copy);
            var end = _length;
            var distinct = true;
            Span<int> keep = sorted;
            var kept = 0;
            for (var i = 0; i < sorted.Length; i++)
            {
                if (i + 1 < sorted.Length && Compare(positions[sorted[i]], positions[sorted[i + 1]], kind) == 0)
                {
                    distinct = false;
                    continue;
                }

                keep[kept++] = sorted[i];
            }

            _length = start;
            foreach (var index in keep[..kept])
            {
                var from = positions[index];
                var to = index + 1 < positions.Length ? positions[index + 1] : end;
                Raw(copy.AsSpan(from - start, to - from));
            }

            _sortedCount = kept;
            return distinct;
        }
        finally
        {
            ArrayPool<int>.Shared.Return(order);
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    private int Compare(int left, int right, ValueKind kind)
    {
        ReadOnlySpan<byte> a = _buffer.AsSpan(left, _length - left);
        ReadOnlySpan<byte> b = _buffer.AsSpan(right, _length - right);
        var x = Encoded.ReadBytes(ref a);
        var y = Encoded.ReadBytes(ref b);
        return kind == ValueKind.NumberSet
            ? Values.Number.Of(x).CompareTo(Values.Number.Of(y))
            : x.SequenceCompareTo(y);
    }

    private void Insert(int at, int number)
    {
        var size = number < 0x80 ? 1 : number < 0x4000 ? 2 : number < 0x20_0000 ? 3 : number < 0x1000_0000 ? 4 : 5;
        Grow(size);
        _buffer.AsSpan(at, _length - at).CopyTo(_buffer.AsSpan(at + size));
        var end = _length + size;
        _length = at;
        Number(number);
        _length = end;
    }

    private Span<byte> Take(int count)
    {
        Grow(count);
        var span = _buffer.AsSpan(_length, count);
        _length += count;
        return span;
    }

    private void Grow(int count)
    {
        if (_buffer.Length - _length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(checked(Math.Max(_buffer.Length * 2, _length + count)));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
    }

    /// <summary>A map or set that is being written.</summary>
    internal readonly record struct Container(int Start, int Entries);
}
