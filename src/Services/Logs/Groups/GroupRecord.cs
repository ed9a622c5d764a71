using System.Buffers.Binary;

namespace Haneul.Logs.Groups;

/// <summary>A group as it is stored.</summary>
internal readonly record struct GroupRecord(long Created)
{
    private const byte Version = 1;

    public byte[] Encode()
    {
        var bytes = new byte[9];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), Created);
        return bytes;
    }

    public static GroupRecord Decode(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadInt64BigEndian(bytes[1..]));
}
