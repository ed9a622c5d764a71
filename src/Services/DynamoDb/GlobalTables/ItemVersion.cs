using System.Buffers.Binary;
using System.Text;

namespace Haneul.DynamoDb.GlobalTables;

/// <summary>
/// Which write an item of a global table has: the number it got and the region it was made in. The greater number wins everywhere, the name
/// of the region where numbers are equal. Kept beside the item, and for a day in place of one that was deleted.
/// </summary>
internal sealed record ItemVersion(ulong Number, string Region)
{
    private const byte Version = 1;
    private const int Header = 10;

    /// <summary>What an item has that was written before its table was global.</summary>
    public static ItemVersion Oldest { get; } = new(0, "");

    public bool Wins(ItemVersion other) => Number != other.Number ? Number > other.Number : string.CompareOrdinal(Region, other.Region) > 0;

    /// <param name="deleted">Whether this stands in place of an item.</param>
    public byte[] Encode(bool deleted)
    {
        var bytes = new byte[Header + Encoding.UTF8.GetByteCount(Region)];
        bytes[0] = Version;
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(1), Number);
        bytes[9] = deleted ? (byte)1 : (byte)0;
        Encoding.UTF8.GetBytes(Region, bytes.AsSpan(Header));
        return bytes;
    }

    public static ItemVersion Decode(ReadOnlySpan<byte> bytes, out bool deleted)
    {
        if (bytes[0] != Version)
        {
            throw new FormatException("The version of an item has an unknown form.");
        }

        deleted = bytes[9] != 0;
        return new ItemVersion(BinaryPrimitives.ReadUInt64BigEndian(bytes[1..]), Encoding.UTF8.GetString(bytes[Header..]));
    }
}
