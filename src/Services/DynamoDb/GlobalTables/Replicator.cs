using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.Streams;
using Haneul.DynamoDb.Tables;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.DynamoDb.GlobalTables;

/// <summary>
/// Carries the changes that were made to one replica over to another: out of its stream, partition by partition, in order. What came from a
/// replica itself is not carried on, so every change reaches every region once.
/// </summary>
internal sealed class Replicator(TableStore tables, DynamoDbOptions options)
{
    private const int Some = 100;

    /// <summary>Carries over what is there, as far as it is old enough.</summary>
    /// <returns>Whether something is left that is still too young.</returns>
    public async ValueTask<bool> RunAsync(Table source, string from, Table target, CancellationToken cancel)
    {
        var left = false;
        for (var i = 0; i < source.Partitions.Length; i++)
        {
            Step step;
            do
            {
                cancel.ThrowIfCancellationRequested();
                step = Read(source, source.Partitions[i], ReplicaCursor.Read(target.Partitions[i], from));
                if (step.Last is { } last && !await WriteAsync(target, target.Partitions[i], from, step.Changes, last))
                {
                    // The table is not what it was; the next round knows more.
                    return left;
                }
            }
            while (step.More);

            left |= step.Young;
        }

        return left;
    }

    /// <summary>Puts the items of a replica into one that is new, beside the changes that come to it already.</summary>
    public static async ValueTask<bool> FillAsync(Table source, Table target, CancellationToken cancel)
    {
        for (var i = 0; i < source.Partitions.Length; i++)
        {
            byte[]? position = [DynamoDbKeyspace.Items];
            while (position is not null)
            {
                cancel.ThrowIfCancellationRequested();
                var page = Items(source.Partitions[i], position, out position);
                if (!await WriteAsync(target, target.Partitions[i], from: null, page, last: 0))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private Step Read(Table source, IPartition partition, ulong after)
    {
        var youngest = StreamSequence.NumberOf(tables.Now - options.ReplicationDelay);
        var changes = new List<Change>();
        var keys = new HashSet<string>();
        ulong? last = null;
        var key = new KeyWriter(stackalloc byte[256]);
        var range = KeyRange.Prefix([DynamoDbKeyspace.StreamRecords]).After(DynamoDbKeyspace.StreamRecord(after));
        foreach (var entry in partition.Scan(range, limit: Some))
        {
            var number = DynamoDbKeyspace.NumberOf(entry.Key);
            if (options.ReplicationDelay > TimeSpan.Zero && number > youngest)
            {
                key.Dispose();
                return new Step(changes, last, More: false, Young: true);
            }

            var record = StreamRecord.Read(entry.Value);
            if (!record.IsReplicated)
            {
                key.Clear();
                DynamoDbKeyspace.WriteItem(ref key, source.Key, record.Keys);

                // A batch has one change of a key: the next one is decided on what this one wrote.
                if (!keys.Add(Convert.ToHexString(key.Written)))
                {
                    break;
                }

                changes.Add(new Change(key.Written.ToArray(), record.New.ToArray(), new ItemVersion(number, "")));
            }

            last = number;
        }

        key.Dispose();
        return new Step(changes, last, More: last is not null, Young: false);
    }

    private static List<Change> Items(IPartition source, byte[] after, out byte[]? position)
    {
        var page = new List<Change>();
        position = null;
        foreach (var entry in source.Scan(KeyRange.Prefix([DynamoDbKeyspace.Items]).After(after), limit: Some))
        {
            using var stored = source.Get(DynamoDbKeyspace.Version(entry.Key));
            var version = stored.Exists ? ItemVersion.Decode(stored.Span, out _) : ItemVersion.Oldest;
            page.Add(new Change(entry.Key.ToArray(), StoredItem.Read(entry.Value, out _).ToArray(), version));
            if (page.Count == Some)
            {
                position = page[^1].Key;
            }
        }

        return page;
    }

    // Null for from: the changes carry their own regions, and nothing is noted as taken.
    private static ValueTask<bool> WriteAsync(Table target, IPartition partition, string? from, List<Change> changes, ulong last) =>
        partition.UpdateAsync((target, from, changes, last), static (current, batch, call) =>
        {
            if (ItemWrite.Begin(current, batch, call.target) is not { } write)
            {
                return false;
            }

            foreach (var change in call.changes)
            {
                write.Replicate(change.Key, change.Item, call.from is null ? change.Version : change.Version with { Region = call.from });
            }

            if (call.from is not null)
            {
                ReplicaCursor.Write(batch, call.from, call.last);
            }

            write.End();
            return true;
        });

    /// <param name="Key">The item's key in its partition.</param>
    /// <param name="Item">Its attributes, or nothing if it was deleted.</param>
    /// <param name="Version">Which write this is.</param>
    private sealed record Change(byte[] Key, byte[] Item, ItemVersion Version);

    /// <param name="Changes">What to write.</param>
    /// <param name="Last">The number up to which this is everything.</param>
    /// <param name="More">Whether there is more to read at once.</param>
    /// <param name="Young">Whether something is held back by the delay.</param>
    private readonly record struct Step(List<Change> Changes, ulong? Last, bool More, bool Young);
}
