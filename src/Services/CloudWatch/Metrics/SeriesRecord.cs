using System.Buffers.Binary;

namespace Haneul.CloudWatch.Metrics;

/// <summary>A series as it is stored.</summary>
/// <param name="Number">What its points are filed under.</param>
/// <param name="LastReport">When data arrived last, in milliseconds since 1970; kept to the minute.</param>
internal readonly record struct SeriesRecord(ulong Number, long LastReport)
{
    private const byte Version = 1;

    public byte[] Encode()
    {
        var bytes = new byte[17];
        bytes[0] = Version;
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(1), Number);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(9), LastReport);
        return bytes;
    }

    public static SeriesRecord Decode(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes[1..]), BinaryPrimitives.ReadInt64BigEndian(bytes[9..]));
}
