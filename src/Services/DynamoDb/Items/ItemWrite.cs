using Haneul.DynamoDb.Backups;
using Haneul.DynamoDb.Expiry;
using Haneul.DynamoDb.GlobalTables;
using Haneul.DynamoDb.Streams;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Values;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.DynamoDb.Items;

/// <summary>
/// Puts changes of items, with everything that hangs on them, into one batch of one partition: the item, the entries of its indexes, its
/// expiry, the stream's record, the sizes. Used inside of the partition's decision only.
/// </summary>
internal sealed class ItemWrite
{
    private readonly IPartitionReader _current;
    private readonly Batch _batch;
    private readonly Table _table;
    private readonly PartitionState _state;
    private ItemVersion? _incoming;
    private readonly ItemCollections? _collections;
    private int _localBytes;
    private bool _changed;

    private ItemWrite(IPartitionReader current, Batch batch, Table table, PartitionState state)
    {
        _current = current;
        _batch = batch;
        _table = table;
        _state = state;
        _collections = table.HasLocalIndexes ? new ItemCollections(current, table) : null;
    }

    public Table Table => _table;

    /// <summary>Begins changes; null if the table has changed in a way that the caller does not know yet and must look at first.</summary>
    public static ItemWrite? Begin(IPartitionReader current, Batch batch, Table table)
    {
        var state = PartitionState.Read(current);
        return state.Epoch == table.Record.Epoch ? new ItemWrite(current, batch, table, state) : null;
    }

    /// <summary>Reads the item that a key names.</summary>
    public StoredValue Get(ReadOnlySpan<byte> key) => _current.Get(key);

    /// <summary>Replaces an item, or adds it.</summary>
    /// <param name="key">Its key in the partition.</param>
    /// <param name="old">Its attributes so far, or nothing.</param>
    /// <param name="oldSize">Their size.</param>
    /// <param name="item">Its attributes from now on.</param>
    /// <param name="size">Their size.</param>
    /// <param name="units">Gets what the change costs.</param>
    public void Put(ReadOnlySpan<byte> key, ReadOnlySpan<byte> old, int oldSize, ReadOnlySpan<byte> item, int size, WriteUnits? units)
    {
        RefuseIfThrottled(old, item, units);
        using (var stored = new ValueWriter(item.Length + 8))
        {
            StoredItem.Write(stored, item, size);
            _batch.Put(key, stored.Written);
        }

        units?.Table(DynamoDbKeyspace.TokenOfItem(key), oldSize, size);
        _state.Add(0, old.IsEmpty ? 1 : 0, size - oldSize);
        _localBytes = size - oldSize;
        Follow(key, old, oldSize, item, units, expired: false);
        _collections?.Add(Encoded.Find(item, _table.Key.Hash.Utf8), _localBytes, refuse: _incoming is null);
    }

    /// <summary>Removes an item; without one, nothing is written but the try still costs.</summary>
    /// <param name="key">Its key in the partition.</param>
    /// <param name="old">Its attributes so far, or nothing.</param>
    /// <param name="oldSize">Their size.</param>
    /// <param name="units">Gets what the change costs.</param>
    /// <param name="expired">Its time was over; nobody asked.</param>
    public void Delete(ReadOnlySpan<byte> key, ReadOnlySpan<byte> old, int oldSize, WriteUnits? units, bool expired = false)
    {
        units?.Table(DynamoDbKeyspace.TokenOfItem(key), oldSize, 0);
        if (old.IsEmpty)
        {
            return;
        }

        RefuseIfThrottled(old, default, units);

        _batch.Delete(key);
        _state.Add(0, -1, -oldSize);
        _localBytes = -oldSize;
        Follow(key, old, oldSize, default, units, expired);
        _collections?.Add(Encoded.Find(old, _table.Key.Hash.Utf8), _localBytes, refuse: false);
    }

    /// <summary>Takes over a change that was made to another replica, if it is newer than what is here.</summary>
    /// <param name="key">The item's key in the partition.</param>
    /// <param name="item">Its attributes there, or nothing if it was deleted.</param>
    /// <param name="version">Which write that was.</param>
    public void Replicate(ReadOnlySpan<byte> key, ReadOnlySpan<byte> item, ItemVersion version)
    {
        if (Version(key) is { } known && !version.Wins(known))
        {
            return;
        }

        // Later writes here are later than this one, whatever the clock says.
        _table.Sequence.Raise(version.Number);
        _state.Sequence = Math.Max(_state.Sequence, version.Number);
        _changed = true;
        _incoming = version;
        using var stored = _current.Get(key);
        var oldSize = 0;
        var old = stored.Exists ? StoredItem.Read(stored.Span, out oldSize) : default;
        if (old.SequenceEqual(item))
        {
            WriteVersion(key, deleted: item.IsEmpty);
        }
        else if (item.IsEmpty)
        {
            Delete(key, old, oldSize, units: null);
        }
        else
        {
            Put(key, old, oldSize, item, ItemSize.OfMap(item), units: null);
        }

        _incoming = null;
    }

    /// <summary>
    /// Whether expiry is this replica's business: the region that wrote an item last deletes it, and the others hear of that. What nobody is
    /// known to have written is left to the first of the regions.
    /// </summary>
    public bool Expires(ReadOnlySpan<byte> key)
    {
        if (_table.ReplicaRegion is not { } region)
        {
            return true;
        }

        var owner = Version(key)?.Region;
        return owner == region || (!_table.Record.Replicas!.Any(replica => replica.Region == owner)
            && _table.Record.Replicas!.All(replica => string.CompareOrdinal(region, replica.Region) < 0));
    }

    /// <summary>Ends the changes of this partition.</summary>
    public void End()
    {
        if (_changed)
        {
            _state.Write(_batch);
            _collections?.Write(_batch);
        }
    }

    /// <summary>Puts an item into an index that did not have it, while the index is being filled.</summary>
    public void Fill(TableIndex index, ReadOnlySpan<byte> item)
    {
        _changed = true;
        Follow(index, default, item, units: null, fill: true);
    }

    /// <summary>Notes the expiry of an item, while that is done for all that were there before.</summary>
    public void FillExpiry(ReadOnlySpan<byte> key, ReadOnlySpan<byte> item)
    {
        if (ExpiryTime.Of(item, _table.TtlUtf8) is { } second)
        {
            _batch.Put(DynamoDbKeyspace.Expiry(second, key), default);
        }
    }

    /// <summary>
    /// A global index that has no write capacity left holds back the writes that change it, and no others. Nothing is in the batch yet.
    /// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/gsi-throttling.html"/>
    /// </summary>
    private void RefuseIfThrottled(ReadOnlySpan<byte> old, ReadOnlySpan<byte> item, WriteUnits? units)
    {
        if (units is null)
        {
            return;
        }

        foreach (var index in _table.Indexes)
        {
            if (index is { Local: false, Writes.IsBusy: true } && Changes(index, old, item, out var token) && index.Writes.Check(token) is { } exceeded)
            {
                throw exceeded.ToException();
            }
        }
    }

    // Whether a change of an item changes its entry in an index, and where that lies.
    private bool Changes(TableIndex index, ReadOnlySpan<byte> old, ReadOnlySpan<byte> item, out uint token)
    {
        var was = new KeyWriter(stackalloc byte[256]);
        var now = new KeyWriter(stackalloc byte[256]);
        var had = !old.IsEmpty && DynamoDbKeyspace.TryWriteEntry(ref was, _table, index, old);
        var has = !item.IsEmpty && DynamoDbKeyspace.TryWriteEntry(ref now, _table, index, item);
        var changes = had != has;
        if (had && has)
        {
            using var before = new ValueWriter(old.Length);
            using var after = new ValueWriter(item.Length);
            index.Project(old, before);
            index.Project(item, after);
            changes = !was.Written.SequenceEqual(now.Written) || !before.Written.SequenceEqual(after.Written);
        }

        token = has ? DynamoDbKeyspace.TokenOfEntry(now.Written) : had ? DynamoDbKeyspace.TokenOfEntry(was.Written) : 0;
        was.Dispose();
        now.Dispose();
        return changes;
    }

    private void Follow(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> old, int oldSize, ReadOnlySpan<byte> item, WriteUnits? units, bool expired)
    {
        _changed = true;
        foreach (var index in _table.Indexes)
        {
            Follow(index, old, item, units, fill: false);
        }

        if (_table.TtlUtf8 is not null)
        {
            FollowExpiry(key, old, item);
        }

        if (_table.IsFollowed && !old.SequenceEqual(item))
        {
            Remember(key, old, oldSize, item, expired);
        }
    }

    // The change gets a number, under which the stream has it, and the past too.
    private void Remember(ReadOnlySpan<byte> key, ReadOnlySpan<byte> old, int oldSize, ReadOnlySpan<byte> item, bool expired)
    {
        _state.Sequence = _table.Sequence.Next();
        using var record = new ValueWriter(old.Length + item.Length + 64);
        if (_table.Record.Stream is { Enabled: true } stream)
        {
            StreamRecord.Write(record, stream.View, _table.Key, old, item, expired, replicated: _incoming is not null);
            _batch.Put(DynamoDbKeyspace.StreamRecord(_state.Sequence), record.Written);
        }

        if (_table.KeepsOld)
        {
            record.Clear();
            UndoRecord.Write(record, key, old, oldSize);
            _batch.Put(DynamoDbKeyspace.Undo(_state.Sequence), record.Written);
        }

        if (_table.ReplicaRegion is not null)
        {
            WriteVersion(key, deleted: item.IsEmpty);
        }
    }

    private ItemVersion? Version(ReadOnlySpan<byte> key)
    {
        using var version = _current.Get(DynamoDbKeyspace.Version(key));
        return version.Exists ? ItemVersion.Decode(version.Span, out _) : null;
    }

    private void WriteVersion(ReadOnlySpan<byte> key, bool deleted)
    {
        var version = _incoming ?? new ItemVersion(_state.Sequence, _table.ReplicaRegion!);
        _batch.Put(DynamoDbKeyspace.Version(key), version.Encode(deleted));
        if (deleted)
        {
            _batch.Put(DynamoDbKeyspace.Tombstone(version.Number, key), default);
        }
    }

    private void FollowExpiry(ReadOnlySpan<byte> key, ReadOnlySpan<byte> old, ReadOnlySpan<byte> item)
    {
        var was = ExpiryTime.Of(old, _table.TtlUtf8);
        var now = ExpiryTime.Of(item, _table.TtlUtf8);
        if (was == now)
        {
            return;
        }

        if (was is { } before)
        {
            _batch.Delete(DynamoDbKeyspace.Expiry(before, key));
        }

        if (now is { } after)
        {
            _batch.Put(DynamoDbKeyspace.Expiry(after, key), default);
        }
    }

    private void Follow(TableIndex index, ReadOnlySpan<byte> old, ReadOnlySpan<byte> item, WriteUnits? units, bool fill)
    {
        var was = new KeyWriter(stackalloc byte[256]);
        var now = new KeyWriter(stackalloc byte[256]);
        var had = !old.IsEmpty && DynamoDbKeyspace.TryWriteEntry(ref was, _table, index, old);
        var has = !item.IsEmpty && DynamoDbKeyspace.TryWriteEntry(ref now, _table, index, item);
        if (had || has)
        {
            using var before = new ValueWriter(had ? old.Length : 16);
            using var after = new ValueWriter(has ? item.Length : 16);
            Move(index, had, was.Written, old, before, has, now.Written, item, after, units, fill);
        }

        was.Dispose();
        now.Dispose();
    }

    private void Move(
        TableIndex index, bool had, ReadOnlySpan<byte> was, ReadOnlySpan<byte> old, ValueWriter before,
        bool has, ReadOnlySpan<byte> now, ReadOnlySpan<byte> item, ValueWriter after, WriteUnits? units, bool fill)
    {
        var sizeBefore = 0;
        if (had)
        {
            index.Project(old, before);
            sizeBefore = ItemSize.OfMap(before.Written);

            // An index that is being filled may not have got to the item yet.
            if (index.Record.Backfilling && !_current.Contains(was))
            {
                had = false;
                sizeBefore = 0;
            }
        }

        var sizeAfter = 0;
        if (has)
        {
            index.Project(item, after);
            sizeAfter = ItemSize.OfMap(after.Written);
            if (fill && _current.Contains(now))
            {
                return;
            }
        }

        var moved = had && has && !was.SequenceEqual(now);
        if (had && has && !moved && before.Written.SequenceEqual(after.Written))
        {
            return;
        }

        if (had && (!has || moved))
        {
            _batch.Delete(was);
            units?.Index(index, DynamoDbKeyspace.TokenOfEntry(was), sizeBefore, 0);
        }

        if (has)
        {
            using var stored = new ValueWriter(after.Length + 8);
            StoredItem.Write(stored, after.Written, sizeAfter);
            _batch.Put(now, stored.Written);
            units?.Index(index, DynamoDbKeyspace.TokenOfEntry(now), moved ? 0 : sizeBefore, sizeAfter);
        }

        _localBytes += index.Local ? sizeAfter - sizeBefore : 0;
        _state.Add(index.Number, (has ? 1 : 0) - (had ? 1 : 0), sizeAfter - sizeBefore);
    }
}
