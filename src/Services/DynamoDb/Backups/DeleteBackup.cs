using Haneul.DynamoDb.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Backups;

/// <summary>
/// Deletes a backup that is neither being made nor read.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteBackup.html"/>
/// </summary>
internal sealed class DeleteBackup(BackupTable backups) : IHandler<DeleteBackupInput, DeleteBackupOutput>
{
    public async ValueTask<Outcome<DeleteBackupOutput>> HandleAsync(DeleteBackupInput input, CallContext context, CancellationToken cancel)
    {
        if (backups.Find(context, input.BackupArn) is not { } backup)
        {
            return BackupTable.NotFound(input.BackupArn);
        }

        return await backups.TryRemoveAsync(context.Account, context.Region, backup)
            ? new DeleteBackupOutput { BackupDescription = backup.Describe(context.Account, context.Region, BackupStatus.Deleted) }
            : DynamoDbErrors.BackupInUseException.With($"Backup is in use: {input.BackupArn}");
    }
}
