using System.Buffers.Binary;
using System.Globalization;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Identity;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.DynamoDb;

/// <summary>
/// All keys of the service.
/// <code>
/// partition dynamodb account region                       tables of an account and region
///   01 name                                               -> table record: version, JSON
///   02 name label                                         -> stream: version, JSON with its shards
///   03 name id                                            -> backup: version, JSON with its table's record
/// partition dynamodb account region table-id NN           an eighth of a table's items
///   00                                                    -> state: version, epoch, next sequence, sizes
///   01 token hash range                                   -> item: version, size, attributes
///   02 index token hash index-range range                 -> entry of a local index: version, size, attributes
///   03 index token' index-hash index-range hash range     -> entry of a global index: version, size, attributes
///   04 sequence                                           -> stream record: version, event, keys, images
///   05 second token hash range                            -> nothing: the item expires at that second
///   10 index direction                                    -> in partition 0: the most units used in a second: version, numbers
///   11 token hash                                         -> size of an item collection, in tables with local indexes: version, bytes
///   06 sequence                                           -> what an item was before: version, its key, its value or nothing
///   07 token hash range                                   -> item's version in a global table: version, number, deleted, region
///   08 region                                             -> how far this replica has got with another's changes: version, number
///   09 number token hash range                            -> nothing: a deleted item's version, to be forgotten
/// partition dynamodb account region backup-id NN          an eighth of a backup's items
///   01 token hash range                                   -> item, as above
/// partition dynamodb account region transactions          tokens of transactions
///   01 token                                              -> version, time, digest of the request
/// </code>
/// Names are in order-preserving form, key values as <see cref="KeyCodec"/> writes them; a token is four bytes big-endian, of the
/// table's hash key or, with a stroke, of the index's. Every entry of an item lies in the item's partition.
/// </summary>
internal static class DynamoDbKeyspace
{
    public const byte TableRecords = 1;

    public const byte StreamStates = 2;
    public const byte Backups = 3;

    public const byte State = 0;
    public const byte Items = 1;
    public const byte LocalEntries = 2;
    public const byte GlobalEntries = 3;

    public const byte StreamRecords = 4;
    public const byte Expiries = 5;
    public const byte Undos = 6;
    public const byte Versions = 7;
    public const byte ReplicaCursors = 8;
    public const byte Tombstones = 9;

    public const byte Peaks = 0x10;
    public const byte Collections = 0x11;

    public const byte Tokens = 1;

    private const string Service = "dynamodb";

    /// <summary>What the ids of all partitions of the service begin with.</summary>
    public static PartitionId All => PartitionId.Of(Service);

    public static PartitionId Catalog(AccountId account, Region region) => PartitionId.Of(Service, account.Value, region.Name);

    public static PartitionId Part(AccountId account, Region region, string tableId, int number) =>
        PartitionId.Of(Service, account.Value, region.Name, tableId, number.ToString("D2", CultureInfo.InvariantCulture));

    public static PartitionId Transactions(AccountId account, Region region) => PartitionId.Of(Service, account.Value, region.Name, "transactions");

    public static byte[] Token(string token)
    {
        var key = new KeyWriter(stackalloc byte[64]);
        key.WriteByte(Tokens);
        key.WriteText(token);
        return key.Written.ToArray();
    }

    public static byte[] StreamRecord(ulong sequence) => Numbered(StreamRecords, sequence);

    public static byte[] Undo(ulong sequence) => Numbered(Undos, sequence);

    /// <summary>The number in the key of a stream's record, or of what is ordered like one.</summary>
    public static ulong NumberOf(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadUInt64BigEndian(key[1..]);

    /// <param name="item">The item's key.</param>
    public static byte[] Version(ReadOnlySpan<byte> item) => [Versions, .. item[1..]];

    public static byte[] ReplicaCursor(string region) => KeyWriter.Of(ReplicaCursors, region);

    /// <param name="number">The number of the deletion.</param>
    /// <param name="item">The item's key; nothing for the beginning of the number.</param>
    public static byte[] Tombstone(ulong number, ReadOnlySpan<byte> item) => [.. Numbered(Tombstones, number), .. item.IsEmpty ? item : item[1..]];

    /// <summary>The key of the version that a tombstone is about.</summary>
    public static byte[] VersionOfTombstone(ReadOnlySpan<byte> tombstone) => [Versions, .. tombstone[9..]];

    /// <summary>The peak of reads or writes.</summary>
    /// <param name="index">The number of an index, or 0 for the table.</param>
    /// <param name="write">Which direction.</param>
    public static byte[] Peak(byte index, bool write) => [Peaks, index, write ? (byte)1 : (byte)0];

    /// <summary>The place of an item among those that expire.</summary>
    /// <param name="second">Seconds since 1970.</param>
    /// <param name="item">The item's key; nothing for the beginning of the second.</param>
    public static byte[] Expiry(long second, ReadOnlySpan<byte> item)
    {
        var key = new KeyWriter(stackalloc byte[256]);
        key.WriteByte(Expiries);
        key.WriteInt64(second);
        key.WriteRaw(item.IsEmpty ? item : item[1..]);
        var bytes = key.Written.ToArray();
        key.Dispose();
        return bytes;
    }

    public static byte[] Table(string name)
    {
        var key = new KeyWriter(stackalloc byte[300]);
        key.WriteByte(TableRecords);
        key.WriteText(name);
        return key.Written.ToArray();
    }

    /// <summary>What the keys of all streams begin with, or of those of one table's name.</summary>
    public static byte[] Streams(string? table) => KeyWriter.Of(StreamStates, table);

    public static byte[] Stream(string table, string label) => KeyWriter.Of(StreamStates, table, label);

    /// <summary>What the keys of all backups begin with, or of those of one table's name.</summary>
    public static byte[] BackupsOf(string? table) => KeyWriter.Of(Backups, table);

    public static byte[] Backup(string table, string id) => KeyWriter.Of(Backups, table, id);

    /// <summary>The key of an item, given its key attributes in an item or key.</summary>
    /// <returns>The token of its hash key.</returns>
    public static uint WriteItem(ref KeyWriter key, KeySchema schema, ReadOnlySpan<byte> item)
    {
        key.WriteByte(Items);
        return WriteHashAndRange(ref key, schema, item);
    }

    /// <summary>The key of an index's entry for an item, or nothing if the item is not in the index.</summary>
    public static bool TryWriteEntry(ref KeyWriter key, Table table, TableIndex index, ReadOnlySpan<byte> item)
    {
        if (!index.Takes(item))
        {
            return false;
        }

        if (index.Local)
        {
            key.WriteByte(LocalEntries);
            key.WriteByte(index.Number);
            WriteHash(ref key, Encoded.Find(item, table.Key.Hash.Utf8));
            KeyCodec.Write(ref key, Encoded.Find(item, index.Key.Range!.Utf8));
        }
        else
        {
            key.WriteByte(GlobalEntries);
            key.WriteByte(index.Number);
            WriteHashAndRange(ref key, index.Key, item);
            KeyCodec.Write(ref key, Encoded.Find(item, table.Key.Hash.Utf8));
        }

        if (table.Key.Range is { } range)
        {
            KeyCodec.Write(ref key, Encoded.Find(item, range.Utf8));
        }

        return true;
    }

    /// <summary>The token in an item's key.</summary>
    public static uint TokenOfItem(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadUInt32BigEndian(key[1..]);

    /// <summary>The token in the key of an index's entry.</summary>
    public static uint TokenOfEntry(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadUInt32BigEndian(key[2..]);

    /// <summary>The beginning of all items or entries with a hash key.</summary>
    /// <returns>The token of the hash key.</returns>
    public static uint WriteHead(ref KeyWriter key, TableIndex? index, ReadOnlySpan<byte> hash)
    {
        WriteView(ref key, index);
        return WriteHash(ref key, hash);
    }

    /// <summary>The place of the size of all items with a hash key.</summary>
    public static void WriteCollection(ref KeyWriter key, ReadOnlySpan<byte> hash)
    {
        key.WriteByte(Collections);
        WriteHash(ref key, hash);
    }

    /// <summary>The beginning of all entries with a hash key of several attributes.</summary>
    /// <returns>The token of the hash key.</returns>
    public static uint WriteHead(ref KeyWriter key, TableIndex? index, byte[][] hashes)
    {
        WriteView(ref key, index);
        return WriteHashes(ref key, hashes);
    }

    /// <summary>The beginning of all items of the table, or of all entries of an index.</summary>
    public static void WriteView(ref KeyWriter key, TableIndex? index)
    {
        key.WriteByte(index is null ? Items : index.Local ? LocalEntries : GlobalEntries);
        if (index is not null)
        {
            key.WriteByte(index.Number);
        }
    }

    public static uint TokenOf(ReadOnlySpan<byte> hash)
    {
        var key = new KeyWriter(stackalloc byte[256]);
        KeyCodec.Write(ref key, hash);
        var token = KeyCodec.Token(key.Written);
        key.Dispose();
        return token;
    }

    private static byte[] Numbered(byte kind, ulong number)
    {
        var key = new KeyWriter(stackalloc byte[16]);
        key.WriteByte(kind);
        key.WriteUInt64(number);
        return key.Written.ToArray();
    }

    private static uint WriteHashAndRange(ref KeyWriter key, KeySchema schema, ReadOnlySpan<byte> item)
    {
        var token = schema.Hashes.Length == 1 ? WriteHash(ref key, Encoded.Find(item, schema.Hash.Utf8)) : WriteHashes(ref key, schema, item);
        foreach (var range in schema.Ranges)
        {
            KeyCodec.Write(ref key, Encoded.Find(item, range.Utf8));
        }

        return token;
    }

    // A hash key of several attributes has the token of all of them together.
    private static uint WriteHashes(ref KeyWriter key, KeySchema schema, ReadOnlySpan<byte> item)
    {
        var values = new byte[schema.Hashes.Length][];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Encoded.Find(item, schema.Hashes[i].Utf8).ToArray();
        }

        return WriteHashes(ref key, values);
    }

    private static uint WriteHashes(ref KeyWriter key, byte[][] hashes)
    {
        var encoded = new KeyWriter(stackalloc byte[256]);
        foreach (var hash in hashes)
        {
            KeyCodec.Write(ref encoded, hash);
        }

        var token = KeyCodec.Token(encoded.Written);
        key.WriteUInt32(token);
        key.WriteRaw(encoded.Written);
        encoded.Dispose();
        return token;
    }

    private static uint WriteHash(ref KeyWriter key, ReadOnlySpan<byte> hash)
    {
        var encoded = new KeyWriter(stackalloc byte[256]);
        KeyCodec.Write(ref encoded, hash);
        var token = KeyCodec.Token(encoded.Written);
        key.WriteUInt32(token);
        key.WriteRaw(encoded.Written);
        encoded.Dispose();
        return token;
    }
}
