using System.Buffers.Binary;
using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Throttling;
using Haneul.DynamoDb.Values;
using Haneul.Storage;
using Haneul.Storage.Keys;
using Haneul.Storage.Transactions;

namespace Haneul.DynamoDb.Reads;

/// <summary>
/// A table or one of its indexes as a row of entries. An item's own partition has all of its entries, so a local index is read like the
/// table, and a global one out of all partitions at once, merged.
/// </summary>
internal sealed class ReadView(IStore store, Table table, TableIndex? index)
{
    public Table Table => table;

    public TableIndex? Index => index;

    public KeySchema Key => index?.Key ?? table.Key;

    public Meter Reads => index?.Reads ?? table.Reads;

    private bool Scattered => index is { Local: false };

    /// <summary>Bounds of the entries that a query is about: the lower one belongs to them, the upper one does not.</summary>
    public (byte[] Lower, byte[] Upper, uint Token) Bounds(ReadOnlySpan<byte> hash, KeyCondition? range)
    {
        var key = new KeyWriter(stackalloc byte[512]);
        try
        {
            var token = DynamoDbKeyspace.WriteHead(ref key, index, hash);
            return Bounds(ref key, token, range);
        }
        finally
        {
            key.Dispose();
        }
    }

    /// <inheritdoc cref="Bounds(ReadOnlySpan{byte}, KeyCondition?)"/>
    public (byte[] Lower, byte[] Upper, uint Token) Bounds(KeyMatch match)
    {
        if (match.MoreHashes.Length == 0 && match.MoreRanges.Length == 0)
        {
            return Bounds(match.Hash.Value, match.Range);
        }

        // All but the last condition on the range key are equalities: more of the beginning.
        var key = new KeyWriter(stackalloc byte[512]);
        try
        {
            var token = DynamoDbKeyspace.WriteHead(ref key, index, [match.Hash.Value, .. match.MoreHashes.Select(hash => hash.Value)]);
            KeyCondition[] ranges = match.Range is null ? [] : [match.Range, .. match.MoreRanges];
            for (var i = 0; i < ranges.Length - 1; i++)
            {
                KeyCodec.Write(ref key, ranges[i].Value);
            }

            return Bounds(ref key, token, ranges.LastOrDefault());
        }
        finally
        {
            key.Dispose();
        }
    }

    // From the beginning that is written so far, between the bounds of a condition on what comes next.
    private static (byte[] Lower, byte[] Upper, uint Token) Bounds(ref KeyWriter key, uint token, KeyCondition? range)
    {
        var head = key.Written.ToArray();
        var upper = KeyCodec.After(head);
        if (range is null)
        {
            return (head, upper, token);
        }

        if (range.Operator == ComparisonOperator.BeginsWith)
        {
            KeyCodec.WritePrefix(ref key, Encoded.Payload(range.Value));
            return (key.Written.ToArray(), KeyCodec.After(key.Written), token);
        }

        KeyCodec.Write(ref key, range.Value);
        var at = key.Written.ToArray();
        switch (range.Operator)
        {
            case ComparisonOperator.Eq:
                return (at, KeyCodec.After(at), token);
            case ComparisonOperator.Lt:
                return (head, at, token);
            case ComparisonOperator.Le:
                return (head, KeyCodec.After(at), token);
            case ComparisonOperator.Gt:
                return (KeyCodec.After(at), upper, token);
            case ComparisonOperator.Ge:
                return (at, upper, token);
            default:
                key.Truncate(head.Length);
                KeyCodec.Write(ref key, range.Upper);
                return (at, KeyCodec.After(key.Written), token);
        }
    }

    /// <summary>Bounds of a part of all entries: equal slices of the ring of tokens.</summary>
    public (byte[] Lower, byte[] Upper, ulong From, ulong To) Bounds(int segment, int total)
    {
        const ulong Ring = 1UL << 32;
        var from = ((Ring * (ulong)segment) + (ulong)total - 1) / (ulong)total;
        var to = ((Ring * (ulong)(segment + 1)) + (ulong)total - 1) / (ulong)total;
        var key = new KeyWriter(stackalloc byte[16]);
        DynamoDbKeyspace.WriteView(ref key, index);
        var head = key.Written.ToArray();
        var lower = new byte[head.Length + 4];
        head.CopyTo(lower, 0);
        BinaryPrimitives.WriteUInt32BigEndian(lower.AsSpan(head.Length), (uint)from);
        if (to == Ring)
        {
            return (lower, KeyCodec.After(head), from, to);
        }

        var upper = (byte[])lower.Clone();
        BinaryPrimitives.WriteUInt32BigEndian(upper.AsSpan(head.Length), (uint)to);
        return (lower, upper, from, to);
    }

    /// <summary>The place of a key that a page ended at, given in a request.</summary>
    /// <returns>Null if the attributes are not those of such a key.</returns>
    public byte[]? Position(ReadOnlySpan<byte> start)
    {
        KeyPart[] parts = [.. table.Key.Parts, .. index?.Key.Parts ?? []];
        foreach (var part in parts)
        {
            DynamoErrors.ThrowIf(!part.TryFind(start, out var value) && !value.IsEmpty, DynamoErrors.KeyMismatch);
        }

        var expected = parts.DistinctBy(part => part.Name).Count();

        if (Encoded.Count(start) != expected
            || !table.Key.Hash.TryFind(start, out _)
            || (table.Key.Range is { } range && !range.TryFind(start, out _)))
        {
            return null;
        }

        if (index is null)
        {
            return ItemKey.Make(table, start).Bytes;
        }

        var key = new KeyWriter(stackalloc byte[512]);
        var made = DynamoDbKeyspace.TryWriteEntry(ref key, table, index, start) ? key.Written.ToArray() : null;
        key.Dispose();
        return made;
    }

    /// <summary>The key to go on from behind an item.</summary>
    public AttributeMap LastKey(ReadOnlySpan<byte> item)
    {
        using var writer = new ValueWriter(256);
        var map = writer.Begin();
        for (var left = Encoded.ReadLength(ref item); left > 0; left--)
        {
            var name = Encoded.ReadBytes(ref item);
            var value = Encoded.ReadValue(ref item);
            if (table.Key.Has(name) || index?.Key.Has(name) == true)
            {
                writer.Entry();
                writer.Bytes(name);
                writer.Raw(value);
            }
        }

        writer.EndMap(map);
        return new AttributeMap(writer.Written.ToArray());
    }

    /// <summary>Reads between two bounds.</summary>
    /// <param name="snapshot">All partitions as of one moment.</param>
    /// <param name="lower">Inclusive.</param>
    /// <param name="upper">Exclusive.</param>
    /// <param name="from">The least token between them.</param>
    /// <param name="last">The greatest.</param>
    /// <param name="order">The direction.</param>
    /// <param name="limit">How many entries are wanted at most.</param>
    public EntrySource Open(IStoreSnapshot snapshot, byte[] lower, byte[] upper, uint from, uint last, ScanOrder order, int limit)
    {
        if (Scattered)
        {
            return EntrySource.Merge(
                [.. table.Partitions.Select(part => snapshot.Partition(part.Id).Scan(KeyRange.All.From(lower).Before(upper), order, limit))], order);
        }

        var parts = table.Partitions[table.PartitionIndexOf(from)..(table.PartitionIndexOf(last) + 1)];
        return EntrySource.Row(
            [.. parts.Select<IPartition, Func<Cursor>>(part => () => snapshot.Partition(part.Id).Scan(KeyRange.All.From(lower).Before(upper), order, limit))]);
    }

    public IStoreSnapshot Snapshot() => store.Transactions.Snapshot();

    /// <summary>Reads between two bounds of one hash key.</summary>
    public EntrySource OpenOne(byte[] lower, byte[] upper, uint token, ScanOrder order, int limit) =>
        EntrySource.One(table.PartitionOf(token).Scan(KeyRange.All.From(lower).Before(upper), order, limit));

    /// <summary>Whether a query can be answered out of one partition without a view of all.</summary>
    public bool IsLocal => !Scattered;
}
