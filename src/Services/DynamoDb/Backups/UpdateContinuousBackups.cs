using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Backups;

/// <summary>
/// Turns point-in-time recovery on or off, or changes how far back it goes.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html"/>
/// </summary>
internal sealed class UpdateContinuousBackups(TableStore tables, TableChanger changer, BackupWork work)
    : IHandler<UpdateContinuousBackupsInput, UpdateContinuousBackupsOutput>
{
    public async ValueTask<Outcome<UpdateContinuousBackupsOutput>> HandleAsync(
        UpdateContinuousBackupsInput input, CallContext context, CancellationToken cancel)
    {
        var wanted = input.PointInTimeRecoverySpecification;
        DynamoErrors.ThrowIf(
            wanted is { PointInTimeRecoveryEnabled: false, RecoveryPeriodInDays: not null },
            DynamoErrors.Parameters + "RecoveryPeriodInDays can only be specified when PointInTimeRecoveryEnabled is true");
        var (account, region, name) = TableStore.Locate(context, input.TableName);
        if (tables.Find(context, input.TableName, fresh: true) is not { } table)
        {
            return DynamoDbErrors.TableNotFoundException.With($"Table not found: {name}");
        }

        if (TableDescriber.Status(table.Record, tables.Now) is TableStatus.Creating or TableStatus.Deleting)
        {
            return DynamoDbErrors.ContinuousBackupsUnavailableException.With($"Backups are not available for table '{name}' in its current state.");
        }

        var outcome = await changer.ChangeEpochAsync(account, region, table.Record, record => record with
        {
            Recovery = wanted.PointInTimeRecoveryEnabled == true
                ? new RecoveryRecord(
                    record.Recovery?.Since ?? tables.Now, wanted.RecoveryPeriodInDays ?? record.Recovery?.Days ?? RecoveryRecord.MaxDays)
                : null,
        });
        if (!outcome.Succeeded)
        {
            return outcome.Error;
        }

        work.Wake();
        return new UpdateContinuousBackupsOutput { ContinuousBackupsDescription = ContinuousBackups.Describe(outcome.Value, tables.Now) };
    }
}
