using System.Buffers.Binary;

namespace Haneul.Logs.Groups;

/// <summary>A group as it is stored.</summary>
/// <param name="Created">In milliseconds since 1970.</param>
/// <param name="RetentionDays">How long events are kept; 0 for ever.</param>
internal readonly record struct GroupRecord(long Created, int RetentionDays = 0)
{
    // Version 1 had no retention.
    private const byte Version = 2;

    public byte[] Encode()
    {
        var bytes = new byte[13];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), Created);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(9), RetentionDays);
        return bytes;
    }

    public static GroupRecord Decode(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadInt64BigEndian(bytes[1..]), bytes[0] >= 2 ? BinaryPrimitives.ReadInt32BigEndian(bytes[9..]) : 0);
}
