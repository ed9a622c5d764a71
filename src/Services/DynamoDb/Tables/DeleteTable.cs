using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.GlobalTables;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;

namespace Haneul.DynamoDb.Tables;

/// <summary>
/// Deletes a table with all that is in it.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html"/>
/// </summary>
internal sealed class DeleteTable(
    TableStore tables, TableChanger changer, TableRemoval removal, ReplicaGroup replicas, DynamoDbOptions options)
    : IHandler<DeleteTableInput, DeleteTableOutput>
{
    public async ValueTask<Outcome<DeleteTableOutput>> HandleAsync(DeleteTableInput input, CallContext context, CancellationToken cancel)
    {
        var (account, region, name) = TableStore.Locate(context, input.TableName);
        if (tables.Find(context, input.TableName, fresh: true) is not { } table)
        {
            return DynamoErrors.TableNotFound(name);
        }

        if (changer.RefusalOfDeletion(account, region, table.Record) is { } refusal)
        {
            return refusal;
        }

        // A replica leaves its group with the same step that ends it.
        var record = table.Record;
        if (replicas.Leave(account, region, record) is { Count: > 0 } leave)
        {
            var outcome = await changer.ChangeTogetherAsync(account, leave);
            if (!outcome.Succeeded)
            {
                return outcome.Error;
            }

            record = outcome.Value[0];
        }

        TableQuotas.CheckChanging(tables.Records(account, region), tables.Now);
        var description = TableDescriber.Deleted(table, tables.Now);
        if (options.TableDelay == TimeSpan.Zero || record.GoneAt is not null)
        {
            await removal.RemoveAsync(account, region, record);
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
