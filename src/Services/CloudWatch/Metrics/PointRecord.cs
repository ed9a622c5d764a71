using System.Buffers;
using System.Buffers.Binary;
using Haneul.Integration.Metrics;
using Haneul.Storage;

namespace Haneul.CloudWatch.Metrics;

/// <summary>
/// A point as it is stored: version, kind, count, sum, minimum, maximum (doubles) and, where values differ and are known one by one, the buckets of
/// their distribution: how many, and each with the step of its index, its count and its sum.
/// </summary>
internal static class PointRecord
{
    private const byte Version = 1;
    private const int HeadLength = 2 + (4 * sizeof(double));

    // The distribution is not known, or follows, or there is only one value and nothing has to follow.
    private const byte Plain = 0;
    private const byte Distributed = 1;
    private const byte Constant = 2;

    public static byte[] Encode(MetricSummary values)
    {
        var output = new ArrayBufferWriter<byte>(HeadLength + (values.Distribution?.Buckets.Length * 20 ?? 0));
        var constant = values.Distribution is not null && values.Minimum == values.Maximum;
        var head = output.GetSpan(HeadLength);
        head[0] = Version;
        head[1] = constant ? Constant : values.Distribution is not null ? Distributed : Plain;
        BinaryPrimitives.WriteDoubleBigEndian(head[2..], values.Count);
        BinaryPrimitives.WriteDoubleBigEndian(head[10..], values.Sum);
        BinaryPrimitives.WriteDoubleBigEndian(head[18..], values.Minimum);
        BinaryPrimitives.WriteDoubleBigEndian(head[26..], values.Maximum);
        output.Advance(HeadLength);
        if (!constant && values.Distribution is { } distribution)
        {
            WriteVarint(output, (ulong)distribution.Buckets.Length);
            var previous = 0;
            foreach (var bucket in distribution.Buckets)
            {
                var step = bucket.Index - previous;
                WriteVarint(output, (uint)((step << 1) ^ (step >> 31)));
                WriteNumber(output, bucket.Count);
                WriteDouble(output, bucket.Sum);
                previous = bucket.Index;
            }
        }

        return output.WrittenSpan.ToArray();
    }

    public static MetricSummary Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeadLength || bytes[0] != Version)
        {
            throw new StorageException(StorageFailure.Corrupt, "The record of a metric's point is malformed.");
        }

        var count = BinaryPrimitives.ReadDoubleBigEndian(bytes[2..]);
        var sum = BinaryPrimitives.ReadDoubleBigEndian(bytes[10..]);
        var minimum = BinaryPrimitives.ReadDoubleBigEndian(bytes[18..]);
        var maximum = BinaryPrimitives.ReadDoubleBigEndian(bytes[26..]);
        return bytes[1] switch
        {
            Plain => new MetricSummary(count, sum, minimum, maximum, distribution: null),
            Constant => new MetricSummary(count, sum, minimum, maximum),
            _ => new MetricSummary(count, sum, minimum, maximum, new MetricDistribution(ReadBuckets(bytes[HeadLength..]))),
        };
    }

    private static MetricBucket[] ReadBuckets(ReadOnlySpan<byte> rest)
    {
        var buckets = new MetricBucket[ReadVarint(ref rest)];
        var index = 0;
        for (var i = 0; i < buckets.Length; i++)
        {
            var step = (uint)ReadVarint(ref rest);
            index += (int)(step >> 1) ^ -(int)(step & 1);
            var count = ReadNumber(ref rest);
            buckets[i] = new MetricBucket(index, count, ReadDouble(ref rest));
        }

        return buckets;
    }

    // Counts are whole numbers nearly always: twice the number; or one, and a double behind it.
    private static void WriteNumber(ArrayBufferWriter<byte> output, double value)
    {
        if (value is >= 0 and < (1UL << 53) && value == Math.Floor(value))
        {
            WriteVarint(output, (ulong)value << 1);
        }
        else
        {
            WriteVarint(output, 1);
            WriteDouble(output, value);
        }
    }

    private static double ReadNumber(ref ReadOnlySpan<byte> rest)
    {
        var number = ReadVarint(ref rest);
        return number == 1 ? ReadDouble(ref rest) : number >> 1;
    }

    private static void WriteDouble(ArrayBufferWriter<byte> output, double value)
    {
        BinaryPrimitives.WriteDoubleBigEndian(output.GetSpan(sizeof(double)), value);
        output.Advance(sizeof(double));
    }

    private static double ReadDouble(ref ReadOnlySpan<byte> rest)
    {
        var value = BinaryPrimitives.ReadDoubleBigEndian(rest);
        rest = rest[sizeof(double)..];
        return value;
    }

    private static void WriteVarint(ArrayBufferWriter<byte> output, ulong value)
    {
        var span = output.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            span[length++] = (byte)(value | 0x80);
        }

        span[length++] = (byte)value;
        output.Advance(length);
    }

    private static ulong ReadVarint(ref ReadOnlySpan<byte> rest)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = rest[0];
            rest = rest[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
