using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.Values;

namespace Haneul.DynamoDb.Backups;

/// <summary>
/// What an item was before a change: version, the item's key, the item as it was stored or nothing. A table leaves these behind while its
/// past is wanted, by point-in-time recovery or by a backup that is being copied.
/// </summary>
internal static class UndoRecord
{
    private const byte Version = 1;

    public static void Write(ValueWriter writer, ReadOnlySpan<byte> key, ReadOnlySpan<byte> old, int oldSize)
    {
        writer.Byte(Version);
        writer.Bytes(key);
        if (!old.IsEmpty)
        {
            StoredItem.Write(writer, old, oldSize);
        }
    }

    /// <returns>The item as it was stored, or nothing if it was not there.</returns>
    public static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> record, out ReadOnlySpan<byte> key)
    {
        if (record[0] != Version)
        {
            throw new FormatException("A record of what an item was has an unknown version.");
        }

        var rest = record[1..];
        key = Encoded.ReadBytes(ref rest);
        return rest;
    }
}
