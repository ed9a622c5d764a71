using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;

namespace Haneul.DynamoDb.Backups;

/// <summary>
/// Makes a new table of a backup; it can be used once its items are there.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableFromBackup.html"/>
/// </summary>
internal sealed class RestoreTableFromBackup(TableStore tables, BackupTable backups, Restorer restorer)
    : IHandler<RestoreTableFromBackupInput, RestoreTableFromBackupOutput>
{
    private const string Operation = "RestoreTableFromBackup";

    public async ValueTask<Outcome<RestoreTableFromBackupOutput>> HandleAsync(
        RestoreTableFromBackupInput input, CallContext context, CancellationToken cancel)
    {
        TableDefinition.RefuseUnsupported(input.SSESpecificationOverride?.Enabled == true, "SSESpecificationOverride", Operation);
        if (backups.Find(context, input.BackupArn) is not { } backup)
        {
            return BackupTable.NotFound(input.BackupArn);
        }

        var settings = new RestoredTable(
            input.BillingModeOverride,
            input.GlobalSecondaryIndexOverride,
            input.LocalSecondaryIndexOverride,
            input.ProvisionedThroughputOverride,
            input.OnDemandThroughputOverride,
            context.Region);
        var outcome = await restorer.BeginAsync(
            context, input.TargetTableName, settings, current => Source(current, backup, input.BackupArn, context));
        return outcome.Succeeded
            ? new RestoreTableFromBackupOutput { TableDescription = TableDescriber.Describe(outcome.Value, tables.Now, settled: false) }
            : outcome.Error;
    }

    private static Outcome<RestoreSource> Source(IPartitionReader current, BackupRecord known, string arn, CallContext context)
    {
        if (current.GetBytes(known.Key) is not { } bytes)
        {
            return BackupTable.NotFound(arn);
        }

        var backup = BackupRecord.Decode(bytes);
        if (!backup.Available)
        {
            return DynamoDbErrors.BackupInUseException.With($"Backup is being created: {arn}");
        }

        return new RestoreSource(backup.Table, new RestoreRecord
        {
            BackupArn = arn,
            TableArn = TableArn.Of(context.Account, context.Region, backup.Table.Name).ToString(),
            Time = backup.Created,
            InProgress = true,
            SourceId = backup.StorageId,
        });
    }
}
