using Haneul.Integration;
using Haneul.Logs.Streams;
using Haneul.Storage;
using Haneul.Storage.Keys;
using Microsoft.Extensions.Logging;

namespace Haneul.Logs.Groups;

/// <summary>Deletes events that are older than their group keeps them, each half hour of the cloud's clock.</summary>
internal sealed class RetentionLoop(IStore store, TimeProvider time, ILogger<RetentionLoop> log)
    : UpkeepLoop(time, TimeSpan.FromMinutes(30))
{
    /// <summary>One round over all groups.</summary>
    public override async Task RunOnceAsync(CancellationToken cancel)
    {
        foreach (var id in store.Partitions(LogsKeyspace.Root))
        {
            var partition = store.Partition(id);
            foreach (var (group, record) in Groups(partition))
            {
                cancel.ThrowIfCancellationRequested();
                if (record.RetentionDays > 0)
                {
                    await TrimAsync(partition, group, (Time.GetUtcNow() - TimeSpan.FromDays(record.RetentionDays)).ToUnixTimeMilliseconds());
                }
            }
        }
    }

    protected override void Failed(Exception exception) => Log.RetentionFailed(log, exception);

    private static List<(string Name, GroupRecord Record)> Groups(IPartition partition)
    {
        var groups = new List<(string, GroupRecord)>();
        foreach (var entry in partition.Scan(KeyRange.Prefix(LogsKeyspace.Kind(LogsKeyspace.Groups))))
        {
            var key = new KeyReader(entry.Key);
            key.ReadByte();
            groups.Add((key.ReadText(), GroupRecord.Decode(entry.Value)));
        }

        return groups;
    }

    private static async Task TrimAsync(IPartition partition, string group, long cutoff)
    {
        var streams = new List<string>();
        foreach (var entry in partition.Scan(KeyRange.Prefix(LogsKeyspace.Key(LogsKeyspace.Streams, group))))
        {
            if (StreamRecord.Decode(entry.Value).First < cutoff)
            {
                var key = new KeyReader(entry.Key);
                key.ReadByte();
                key.SkipBytes();
                streams.Add(key.ReadText());
            }
        }

        foreach (var stream in streams)
        {
            await partition.UpdateAsync((group, stream, cutoff), static (current, batch, trim) =>
            {
                var streamKey = LogsKeyspace.Key(LogsKeyspace.Streams, trim.group, trim.stream);
                if (current.GetBytes(streamKey) is not { } stored)
                {
                    return false;
                }

                var events = LogsKeyspace.Key(LogsKeyspace.Events, trim.group, trim.stream);
                var kept = LogsKeyspace.Event(events, trim.cutoff, 0);
                long? first = null;
                foreach (var entry in current.Scan(KeyRange.Prefix(events).From(kept), limit: 1))
                {
                    first = new KeyReader(entry.Key[events.Length..]).ReadInt64();
                    break;
                }

                var record = StreamRecord.Decode(stored);
                batch.DeleteRange(KeyRange.Prefix(events).Before(kept));
                batch.Put(streamKey, (record with { First = first, Last = first is null ? null : record.Last }).Encode());
                return true;
            });
        }
    }
}
