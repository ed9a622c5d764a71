using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.DynamoDb.Backups;

/// <summary>Finds backups, and takes them away.</summary>
internal sealed class BackupTable(TableStore tables)
{
    public static ServiceError NotFound(string arn) => DynamoDbErrors.BackupNotFoundException.With($"Backup not found: {arn}");

    /// <summary>The backup with this ARN, or null.</summary>
    public BackupRecord? Find(CallContext context, string arn)
    {
        if (!TryParse(arn, out var account, out var region, out var key) || region != context.Region)
        {
            return null;
        }

        TableStore.CheckOwner(context, account, arn);
        return tables.CatalogOf(account, region).GetBytes(key) is { } bytes ? BackupRecord.Decode(bytes) : null;
    }

    /// <summary>All backups of an account and region, or of one table's name, the oldest first.</summary>
    public static List<BackupRecord> All(IPartitionReader catalog, string? table = null)
    {
        var found = new List<BackupRecord>();
        foreach (var entry in catalog.Scan(KeyRange.Prefix(DynamoDbKeyspace.BackupsOf(table))))
        {
            found.Add(BackupRecord.Decode(entry.Value));
        }

        found.Sort(static (left, right) => string.CompareOrdinal(left.Id, right.Id));
        return found;
    }

    /// <summary>Takes a backup away, unless it is being made or read: first its record, then its items.</summary>
    /// <returns>Whether it was.</returns>
    public async ValueTask<bool> TryRemoveAsync(AccountId account, Region region, BackupRecord backup)
    {
        var removed = await tables.CatalogOf(account, region).UpdateAsync(backup, static (current, batch, backup) =>
        {
            if (!backup.Available || IsRestoring(TableStore.Records(current), backup.StorageId))
            {
                return false;
            }

            batch.Delete(backup.Key);
            return true;
        });
        if (!removed)
        {
            return false;
        }

        foreach (var partition in tables.PartitionsOf(account, region, backup.StorageId, backup.Table.Partitions))
        {
            var items = new Batch();
            items.DeleteRange(KeyRange.Prefix([DynamoDbKeyspace.Items]));
            await partition.CommitAsync(items);
        }

        return true;
    }

    /// <summary>Whether a table is being restored out of this storage.</summary>
    public static bool IsRestoring(IEnumerable<TableRecord> records, string storageId) =>
        records.Any(record => record.Restore is { InProgress: true } restore && restore.SourceId == storageId);

    /// <summary>The last part of a backup's ARN.</summary>
    public static string? IdOf(string arn) => arn.Split("/backup/") is [_, var id] ? id : null;

    private static bool TryParse(string arn, out AccountId account, out Region region, out byte[] key)
    {
        key = [];
        if (!TableArn.TryParse(arn, out account, out region, out var table) || IdOf(arn) is not { } id)
        {
            return false;
        }

        key = DynamoDbKeyspace.Backup(table, id);
        return true;
    }
}
