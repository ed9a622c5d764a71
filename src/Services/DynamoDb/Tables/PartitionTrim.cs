using Haneul.Storage;

namespace Haneul.DynamoDb.Tables;

/// <summary>Forgets what is numbered and old.</summary>
internal static class PartitionTrim
{
    /// <summary>Deletes the entries of a kind whose keys are below <paramref name="end"/>; without any, nothing is committed.</summary>
    public static async ValueTask ForgetAsync(this IPartition partition, byte kind, byte[] end)
    {
        if (!Has(partition, kind, end))
        {
            return;
        }

        var batch = new Batch();
        batch.DeleteRange(KeyRange.Prefix([kind]).Before(end));
        await partition.CommitAsync(batch);
    }

    private static bool Has(IPartition partition, byte kind, byte[] end)
    {
        using var cursor = partition.Scan(KeyRange.Prefix([kind]).Before(end), limit: 1);
        return cursor.MoveNext();
    }
}
