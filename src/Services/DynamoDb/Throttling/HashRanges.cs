using System.Numerics;

namespace Haneul.DynamoDb.Throttling;

/// <summary>
/// The partitions of a table or an index as AWS counts them: ranges of the ring of key tokens, each with a bucket of its own. They have
/// nothing to do with where items are stored. A directory of slots finds a range by the first bits of a token; several slots may share one.
/// </summary>
internal sealed class HashRanges
{
    /// <summary>How finely keys are told apart at most.</summary>
    private const int MaxDepth = 12;

    private HashRange[] _slots = [new HashRange(depth: 0, Bucket.Full)];
    private int _depth;

    public HashRange Find(uint token) => _slots[SlotOf(token)];

    /// <summary>Splits ranges until there are at least this many.</summary>
    public void Grow(long count)
    {
        var wanted = Math.Min(MaxDepth, count <= 1 ? 0 : BitOperations.Log2((ulong)count - 1) + 1);
        for (var slot = 0; slot < _slots.Length; slot++)
        {
            while (_slots[slot].Depth < wanted)
            {
                slot = Split(slot);
            }
        }
    }

    /// <summary>Splits the range of a key if that may help: if keys of both of its halves are in use.</summary>
    public void Relieve(uint token)
    {
        var slot = SlotOf(token);
        if (_slots[slot] is { InUse: true, Depth: < MaxDepth })
        {
            Split(slot);
        }
    }

    private int SlotOf(uint token) => (int)((ulong)token >> (32 - _depth));

    /// <returns>The first slot of the lower half.</returns>
    private int Split(int slot)
    {
        var range = _slots[slot];
        if (range.Depth == _depth)
        {
            _slots = [.. _slots.SelectMany(each => new[] { each, each })];
            _depth++;
            slot *= 2;
        }

        var width = 1 << (_depth - range.Depth);
        var first = slot / width * width;
        Array.Fill(_slots, new HashRange(range.Depth + 1, range.Bucket), first, width / 2);
        Array.Fill(_slots, new HashRange(range.Depth + 1, range.Bucket), first + (width / 2), width / 2);
        return first;
    }
}

/// <summary>One partition.</summary>
internal sealed class HashRange(int depth, Bucket bucket)
{
    private bool _lower;
    private bool _upper;

    public int Depth => depth;

    public Bucket Bucket => bucket;

    /// <summary>Whether both of its halves have been used.</summary>
    public bool InUse => _lower && _upper;

    /// <summary>Since when it refuses, as far as that has not stopped for a while.</summary>
    public long HotSince { get; set; }

    /// <summary>When it last refused.</summary>
    public long HotAt { get; set; }

    public long Take(uint token, long now, double units, Rate rate)
    {
        if ((token << depth) >> 31 == 0)
        {
            _lower = true;
        }
        else
        {
            _upper = true;
        }

        return bucket.Take(now, units, rate);
    }
}
