using System.Buffers.Binary;

namespace Haneul.Logs.Streams;

/// <summary>A stream as it is stored; times in milliseconds since 1970, null before the first event.</summary>
internal sealed record StreamRecord(long Created, long? First = null, long? Last = null, long? LastIngestion = null, long Events = 0)
{
    private const byte Version = 1;

    public byte[] Encode()
    {
        var bytes = new byte[41];
        bytes[0] = Version;
        long[] fields = [Created, First ?? long.MinValue, Last ?? long.MinValue, LastIngestion ?? long.MinValue, Events];
        for (var i = 0; i < fields.Length; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1 + (8 * i)), fields[i]);
        }

        return bytes;
    }

    public static StreamRecord Decode(ReadOnlySpan<byte> bytes) =>
        new(Field(bytes, 0), Optional(bytes, 1), Optional(bytes, 2), Optional(bytes, 3), Field(bytes, 4));

    private static long Field(ReadOnlySpan<byte> bytes, int index) => BinaryPrimitives.ReadInt64BigEndian(bytes[(1 + (8 * index))..]);

    private static long? Optional(ReadOnlySpan<byte> bytes, int index) => Field(bytes, index) is var value && value == long.MinValue ? null : value;
}
