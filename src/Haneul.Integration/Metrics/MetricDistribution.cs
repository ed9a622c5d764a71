namespace Haneul.Integration.Metrics;

/// <summary>How values are distributed: a histogram whose buckets are 1/64 of a power of two wide.</summary>
/// <remarks>
/// A bucket keeps its count and its sum, and stands for its mean: a value asked for is wrong by less than 1/64 of itself (1.6 %), and exact
/// when the values of its bucket are equal. The bucket of a value is its exponent and the first six bits of its mantissa, which costs no
/// logarithm. Not safe for several threads.
/// </remarks>
public sealed class MetricDistribution
{
    private const int DroppedBits = 52 - 6;
    private MetricBucket[] _buckets;
    private int _count;

    public MetricDistribution() => _buckets = [];

    /// <summary>As an earlier one was stored.</summary>
    /// <param name="buckets">In order of their indexes; they belong to this object from now on.</param>
    public MetricDistribution(MetricBucket[] buckets) => (_buckets, _count) = (buckets, buckets.Length);

    /// <summary>In order of their values.</summary>
    public ReadOnlySpan<MetricBucket> Buckets => _buckets.AsSpan(0, _count);

    public void Add(double value, double count = 1) => Add(new MetricBucket(IndexOf(value), count, value * count));

    public void Add(MetricDistribution other)
    {
        foreach (var bucket in other.Buckets)
        {
            Add(bucket);
        }
    }

    public void Clear() => _count = 0;

    // The order of indexes is the order of values; what is too near to zero for an exponent counts as zero.
    private static int IndexOf(double value)
    {
        var magnitude = (int)((BitConverter.DoubleToInt64Bits(value) & long.MaxValue) >> DroppedBits);
        return value < 0 ? -magnitude : magnitude;
    }

    private void Add(MetricBucket bucket)
    {
        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_buckets[middle].Index < bucket.Index)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        if (low < _count && _buckets[low].Index == bucket.Index)
        {
            var there = _buckets[low];
            _buckets[low] = new MetricBucket(there.Index, there.Count + bucket.Count, there.Sum + bucket.Sum);
            return;
        }

        if (_count == _buckets.Length)
        {
            Array.Resize(ref _buckets, Math.Max(4, _count * 2));
        }

        Array.Copy(_buckets, low, _buckets, low + 1, _count - low);
        _buckets[low] = bucket;
        _count++;
    }
}

/// <param name="Index">Where it lies; grows with the values.</param>
/// <param name="Count">How many values are in it.</param>
/// <param name="Sum">Their sum.</param>
public readonly record struct MetricBucket(int Index, double Count, double Sum)
{
    /// <summary>What its values are taken for.</summary>
    public double Mean => Sum / Count;
}
