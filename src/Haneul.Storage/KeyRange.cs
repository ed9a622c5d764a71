namespace Haneul.Storage;

/// <summary>
/// A range of keys inside a partition: everything, or a prefix, narrowed from either side.
/// <code>KeyRange.Prefix(queue).After(lastKey)</code>
/// </summary>
public readonly ref struct KeyRange
{
    private readonly ReadOnlySpan<byte> _prefix;
    private readonly ReadOnlySpan<byte> _start;
    private readonly ReadOnlySpan<byte> _end;
    private readonly bool _skipStart;
    private readonly bool _hasEnd;

    private KeyRange(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> start, bool skipStart, ReadOnlySpan<byte> end, bool hasEnd)
    {
        _prefix = prefix;
        _start = start;
        _skipStart = skipStart;
        _end = end;
        _hasEnd = hasEnd;
    }

    public static KeyRange All => default;

    /// <summary>The keys that begin with these bytes.</summary>
    public static KeyRange Prefix(ReadOnlySpan<byte> prefix) => new(prefix, default, skipStart: false, default, hasEnd: false);

    /// <summary>Those of them that are not below <paramref name="key"/>.</summary>
    public KeyRange From(ReadOnlySpan<byte> key) => new(_prefix, key, skipStart: false, _end, _hasEnd);

    /// <summary>Those of them that are above <paramref name="key"/>.</summary>
    public KeyRange After(ReadOnlySpan<byte> key) => new(_prefix, key, skipStart: true, _end, _hasEnd);

    /// <summary>Those of them that are below <paramref name="key"/>.</summary>
    public KeyRange Before(ReadOnlySpan<byte> key) => new(_prefix, _start, _skipStart, key, hasEnd: true);

    /// <summary>The range as one inclusive lower and one exclusive upper bound behind <paramref name="head"/>, which no key equals or exceeds.</summary>
    internal void Bound(ReadOnlySpan<byte> head, out byte[] lower, out byte[] upper)
    {
        // Below the prefix the start says nothing; a skipped start begins at its immediate successor, the key with a zero byte.
        lower = _start.SequenceCompareTo(_prefix) < 0 ? [.. head, .. _prefix]
            : _skipStart ? [.. head, .. _start, 0]
            : [.. head, .. _start];

        upper = SuccessorOf(head, _prefix);
        if (_hasEnd)
        {
            byte[] end = [.. head, .. _end];
            if (end.AsSpan().SequenceCompareTo(upper) < 0)
            {
                upper = end;
            }
        }
    }

    /// <summary>The least key above all keys that begin with <paramref name="head"/> and <paramref name="prefix"/>.</summary>
    internal static byte[] SuccessorOf(ReadOnlySpan<byte> head, ReadOnlySpan<byte> prefix)
    {
        byte[] key = [.. head, .. prefix];
        var last = key.AsSpan().LastIndexOfAnyExcept((byte)0xFF);
        if (last < 0)
        {
            throw new ArgumentException("No key lies above a prefix of only 0xFF bytes.", nameof(head));
        }

        Array.Resize(ref key, last + 1);
        key[last]++;
        return key;
    }
}
