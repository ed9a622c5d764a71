using Haneul.DynamoDb.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Backups;

/// <summary>
/// Tells everything about a backup.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeBackup.html"/>
/// </summary>
internal sealed class DescribeBackup(BackupTable backups) : IHandler<DescribeBackupInput, DescribeBackupOutput>
{
    public ValueTask<Outcome<DescribeBackupOutput>> HandleAsync(DescribeBackupInput input, CallContext context, CancellationToken cancel) =>
        new(backups.Find(context, input.BackupArn) is { } backup
            ? new DescribeBackupOutput { BackupDescription = backup.Describe(context.Account, context.Region) }
            : BackupTable.NotFound(input.BackupArn));
}
