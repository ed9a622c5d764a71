using Haneul.DynamoDb.Tables;
using Haneul.Storage;

namespace Haneul.DynamoDb.Streams;

/// <summary>Forgets stream records after 24 hours. Their numbers are times, so that one range holds all that are older.</summary>
internal static class StreamTrim
{
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>The least number that is still kept.</summary>
    public static ulong Horizon(DateTimeOffset now) =>
        (ulong)Math.Max(0, (now - Kept - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);

    public static async ValueTask RunAsync(Table table, DateTimeOffset now)
    {
        var end = DynamoDbKeyspace.StreamRecord(Horizon(now));
        foreach (var partition in table.Partitions)
        {
            if (!HasOld(partition, end))
            {
                continue;
            }

            var batch = new Batch();
            batch.DeleteRange(KeyRange.Prefix([DynamoDbKeyspace.StreamRecords]).Before(end));
            await partition.CommitAsync(batch);
        }
    }

    private static bool HasOld(IPartition partition, byte[] end)
    {
        using var cursor = partition.Scan(KeyRange.Prefix([DynamoDbKeyspace.StreamRecords]).Before(end), limit: 1);
        return cursor.MoveNext();
    }
}
