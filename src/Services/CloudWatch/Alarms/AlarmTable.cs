using Haneul.Kernel.Identity;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.CloudWatch.Alarms;

/// <summary>The alarms of an account and region, and what happened to them. A change wakes the alarm loop.</summary>
internal sealed class AlarmTable(IStore store, Signal changes)
{
    /// <summary>Pulsed when an alarm's state or definition has changed.</summary>
    public Signal Changes => changes;

    public IPartition Of(CallContext context) => store.Partition(CloudWatchKeyspace.Partition(context));

    public static byte[] Key(string name) => CloudWatchKeyspace.Key(CloudWatchKeyspace.Alarms, name);

    public static AlarmRecord? Find(IPartitionReader partition, string name)
    {
        using var value = partition.Get(Key(name));
        return value.Exists ? AlarmRecord.Decode(value.Span) : null;
    }

    /// <summary>The alarms in order of their names.</summary>
    public static IEnumerable<AlarmRecord> All(IPartitionReader partition, string? after = null)
    {
        // In pages, so that a slow reader holds no cursor open.
        const int page = 100;
        while (true)
        {
            var read = new List<AlarmRecord>();
            var range = KeyRange.Prefix([CloudWatchKeyspace.Alarms]);
            foreach (var entry in partition.Scan(after is null ? range : range.After(Key(after)), limit: page))
            {
                read.Add(AlarmRecord.Decode(entry.Value));
                if (read.Count == page)
                {
                    break;
                }
            }

            foreach (var alarm in read)
            {
                yield return alarm;
            }

            if (read.Count < page)
            {
                yield break;
            }

            after = read[^1].Name;
        }
    }

    /// <summary>Changes an alarm: the change sees it as it is and gives what to store, or null for no change, and what to remember.</summary>
    /// <returns>What was stored; null without a change.</returns>
    public async ValueTask<AlarmRecord?> ChangeAsync(
        IPartition partition, string name, DateTimeOffset now, Func<AlarmRecord?, (AlarmRecord Alarm, HistoryRecord? History)?> change)
    {
        var stored = await partition.UpdateAsync((name, now, change), static (current, batch, state) =>
        {
            if (state.change(Find(current, state.name)) is not { } changed)
            {
                return null;
            }

            batch.Put(Key(state.name), changed.Alarm.Encode());
            if (changed.History is { } history)
            {
                Remember(current, batch, state.name, state.now, history);
            }

            return changed.Alarm;
        });
        if (stored is not null)
        {
            changes.Pulse();
        }

        return stored;
    }

    /// <summary>Adds to what happened; things of one instant keep their order.</summary>
    public static void Remember(IPartitionReader current, Batch batch, string name, DateTimeOffset now, HistoryRecord history)
    {
        var number = 0UL;
        var prefix = CloudWatchKeyspace.HistoryKey(name, now, 0).AsSpan(..^sizeof(ulong));
        foreach (var entry in current.Scan(KeyRange.Prefix(prefix), ScanOrder.Descending, limit: 1))
        {
            var reader = new KeyReader(entry.Key[prefix.Length..]);
            number = reader.ReadUInt64() + 1;
            break;
        }

        batch.Put(CloudWatchKeyspace.HistoryKey(name, now, number), history.Encode());
    }
}
