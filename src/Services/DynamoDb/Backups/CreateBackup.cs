using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Backups;

/// <summary>
/// Begins a backup of a table as it is at this moment; its items are copied while the table goes on.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateBackup.html"/>
/// </summary>
internal sealed class CreateBackup(TableStore tables, TableChanger changer, BackupWork work, IIdSource ids)
    : IHandler<CreateBackupInput, CreateBackupOutput>
{
    public async ValueTask<Outcome<CreateBackupOutput>> HandleAsync(CreateBackupInput input, CallContext context, CancellationToken cancel)
    {
        var (account, region, name) = TableStore.Locate(context, input.TableName);
        if (tables.Find(context, input.TableName, fresh: true) is not { } table)
        {
            return DynamoDbErrors.TableNotFoundException.With($"Table not found: {name}");
        }

        if (TableDescriber.Status(table.Record, tables.Now) is TableStatus.Creating or TableStatus.Deleting)
        {
            return DynamoDbErrors.TableInUseException.With($"Table is not in the ACTIVE state: {name}");
        }

        var backup = new BackupRecord
        {
            Id = BackupRecord.NewId(context.Time, ids),
            Name = input.BackupName,
            Type = BackupType.User,
            Created = context.Time,
            Available = false,
            AsOf = 0,
            StorageId = ids.NewUuid(),
            Table = table.Record,
            Items = 0,
            Bytes = 0,
        };
        BackupRecord? begun = null;
        var outcome = await changer.ChangeEpochAsync(
            account,
            region,
            table.Record,
            record =>
            {
                begun = backup with { Table = record };
                return record with { Copying = [.. record.Copying ?? [], backup.Id] };
            },
            (state, _) => begun = begun! with
            {
                AsOf = state.Sequence, Items = begun.Items + state.Find(0).Items, Bytes = begun.Bytes + state.Find(0).Bytes,
            },
            (catalog, _) => catalog.Put(begun!.Key, begun.Encode()));
        if (!outcome.Succeeded)
        {
            return outcome.Error;
        }

        work.Wake();
        return new CreateBackupOutput { BackupDetails = begun!.Details(account, region) };
    }
}
