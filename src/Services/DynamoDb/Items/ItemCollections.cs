using System.Buffers.Binary;
using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Errors;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.DynamoDb.Items;

/// <summary>
/// How large all items with one hash key are, with their entries in local indexes: kept for tables that have such indexes, where it is limited.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LSI.html#LSI.ItemCollections"/>
/// </summary>
internal sealed class ItemCollections(IPartitionReader current, Table table)
{
    public const long Limit = 10L << 30;

    private const byte Version = 1;

    // Of the changes of one batch, which reads what was there before it.
    private readonly List<Collection> _changed = [];

    private static ServiceError TooLarge { get; } = DynamoDbErrors.ItemCollectionSizeLimitExceededException.With("Collection size exceeded.");

    /// <summary>Notes a change of an item with this hash key.</summary>
    /// <param name="hash">The hash key.</param>
    /// <param name="bytes">By how much the collection grows.</param>
    /// <param name="refuse">Whether growth above the limit is refused: what another replica has taken is taken here too.</param>
    public void Add(ReadOnlySpan<byte> hash, int bytes, bool refuse)
    {
        var key = Key(hash);
        var collection = _changed.Find(known => known.Key.AsSpan().SequenceEqual(key));
        if (collection is null)
        {
            collection = new Collection(key) { Size = SizeOf(current, table, hash) };
            _changed.Add(collection);
        }

        collection.Size += bytes;
        if (refuse && bytes > 0 && collection.Size > table.CollectionLimit)
        {
            throw TooLarge.ToException();
        }
    }

    public void Write(Batch batch)
    {
        Span<byte> value = stackalloc byte[9];
        value[0] = Version;
        foreach (var collection in _changed)
        {
            if (collection.Size <= 0)
            {
                batch.Delete(collection.Key);
                continue;
            }

            BinaryPrimitives.WriteInt64BigEndian(value[1..], collection.Size);
            batch.Put(collection.Key, value);
        }
    }

    /// <summary>What AWS tells of a collection if asked to: only for tables with local indexes.</summary>
    public static ItemCollectionMetrics? Describe(Table table, AttributeMap item, string? wanted)
    {
        if (wanted is not ReturnItemCollectionMetrics.Size || !table.HasLocalIndexes)
        {
            return null;
        }

        var hash = item.Find(table.Key.Hash.Utf8);
        using var key = new ValueWriter(hash.Length + 64);
        var map = key.Begin();
        key.Entry();
        key.Bytes(table.Key.Hash.Utf8);
        key.Raw(hash);
        key.EndMap(map);
        var gigabytes = (double)(SizeOf(table.PartitionOf(DynamoDbKeyspace.TokenOf(hash)), table, hash) >> 30);
        return new ItemCollectionMetrics
        {
            ItemCollectionKey = new AttributeMap(key.Written.ToArray()),
            SizeEstimateRangeGB = [gigabytes, gigabytes + 1],
        };
    }

    private static long SizeOf(IPartitionReader reader, Table table, ReadOnlySpan<byte> hash)
    {
        using var stored = reader.Get(Key(hash));
        if (stored.Exists)
        {
            return stored.Span[0] == Version
                ? BinaryPrimitives.ReadInt64BigEndian(stored.Span[1..])
                : throw new FormatException("An item collection's size has an unknown version.");
        }

        // A new collection, or one from before sizes were kept.
        long size = 0;
        var head = new KeyWriter(stackalloc byte[256]);
        foreach (var index in table.Indexes.Where(index => index.Local).Prepend(null))
        {
            head.Clear();
            DynamoDbKeyspace.WriteHead(ref head, index, hash);
            foreach (var entry in reader.Scan(KeyRange.Prefix(head.Written)))
            {
                StoredItem.Read(entry.Value, out var bytes);
                size += bytes;
            }
        }

        head.Dispose();
        return size;
    }

    private static byte[] Key(ReadOnlySpan<byte> hash)
    {
        var key = new KeyWriter(stackalloc byte[256]);
        DynamoDbKeyspace.WriteCollection(ref key, hash);
        var bytes = key.Written.ToArray();
        key.Dispose();
        return bytes;
    }

    private sealed class Collection(byte[] key)
    {
        public byte[] Key => key;

        public long Size { get; set; }
    }
}
