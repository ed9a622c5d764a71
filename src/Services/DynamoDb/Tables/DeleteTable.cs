using Haneul.DynamoDb.Backups;
using Haneul.DynamoDb.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;

namespace Haneul.DynamoDb.Tables;

/// <summary>
/// Deletes a table with all that is in it.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html"/>
/// </summary>
internal sealed class DeleteTable(TableStore tables, TableRemoval removal, DynamoDbOptions options) : IHandler<DeleteTableInput, DeleteTableOutput>
{
    public async ValueTask<Outcome<DeleteTableOutput>> HandleAsync(DeleteTableInput input, CallContext context, CancellationToken cancel)
    {
        var (account, region, name) = TableStore.Locate(context, input.TableName);
        if (tables.Find(context, input.TableName, fresh: true) is not { } table)
        {
            return DynamoErrors.TableNotFound(name);
        }

        var status = TableDescriber.Status(table.Record, tables.Now);
        if (status != TableStatus.Active)
        {
            var what = status == TableStatus.Creating ? "created" : status == TableStatus.Deleting ? "deleted" : "updated";
            return DynamoDbErrors.ResourceInUseException.With($"Attempt to change a resource which is still in use: Table is being {what}: {name}");
        }

        if (table.Record.DeletionProtection)
        {
            return DynamoErrors.Validation(
                "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.");
        }

        if (table.Record.Copying is { Count: > 0 } || BackupTable.IsRestoring(tables.Records(account, region), table.Record.Id))
        {
            return DynamoDbErrors.ResourceInUseException.With(
                $"Attempt to change a resource which is still in use: Table is being backed up or restored: {name}");
        }

        TableQuotas.CheckChanging(tables.Records(account, region), tables.Now);
        var description = TableDescriber.Deleted(table, tables.Now);
        if (options.TableDelay == TimeSpan.Zero)
        {
            await removal.RemoveAsync(account, region, table.Record);
        }
        else
        {
            await tables.CatalogOf(account, region).UpdateAsync((table.Record, Gone: tables.Now + options.TableDelay), static (current, batch, state) =>
            {
                var key = DynamoDbKeyspace.Table(state.Record.Name);
                if (current.GetBytes(key) is { } bytes && TableRecord.Decode(bytes) is { GoneAt: null } record && record.Id == state.Record.Id)
                {
                    batch.Put(key, (record with { GoneAt = state.Gone }).Encode());
                }

                return true;
            });
        }

        return new DeleteTableOutput { TableDescription = description };
    }
}
