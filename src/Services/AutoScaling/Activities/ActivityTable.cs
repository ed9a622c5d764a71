using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.AutoScaling.Activities;

/// <summary>What was scaled, by resource and time.</summary>
internal static class ActivityTable
{
    public static ValueTask<bool> AddAsync(IPartition partition, ActivityRecord activity) =>
        partition.UpdateAsync(activity, static (current, batch, activity) =>
        {
            var prefix = AutoScalingKeyspace.Activity(activity.What, activity.Started, 0).AsSpan(..^sizeof(uint));
            var number = 0u;
            foreach (var _ in current.Scan(KeyRange.Prefix(prefix)))
            {
                number++;
            }

            batch.Put(AutoScalingKeyspace.Activity(activity.What, activity.Started, number), activity.Encode());
            return true;
        });

    /// <summary>The newest activity of what is scaled.</summary>
    public static ActivityRecord? Last(IPartitionReader reader, ScalingId what)
    {
        foreach (var entry in reader.Scan(
            KeyRange.Prefix(AutoScalingKeyspace.Key(AutoScalingKeyspace.Activities, what)), ScanOrder.Descending, limit: 1))
        {
            return ScalingTable.Decode(entry.Value, ActivityJson.Default.ActivityRecord);
        }

        return null;
    }

    public static async Task TrimAsync(IPartition partition, DateTimeOffset cutoff)
    {
        var batch = new Batch();
        foreach (var entry in partition.Scan(KeyRange.Prefix([AutoScalingKeyspace.Activities])))
        {
            var key = new KeyReader(entry.Key);
            key.ReadByte();
            key.SkipBytes();
            key.SkipBytes();
            key.SkipBytes();
            if (key.ReadTime() < cutoff)
            {
                batch.Delete(entry.Key);
            }
        }

        await partition.CommitAsync(batch);
    }
}
