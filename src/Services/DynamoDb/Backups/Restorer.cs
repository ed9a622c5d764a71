using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;

namespace Haneul.DynamoDb.Backups;

/// <summary>Makes the tables that restores fill.</summary>
internal sealed class Restorer(TableStore tables, TableRemoval removal, BackupWork work, IIdSource ids)
{
    /// <summary>How many restores an account may have under way.</summary>
    public const int MaxRestores = 50;

    /// <param name="context">Who asks.</param>
    /// <param name="target">The name of the new table.</param>
    /// <param name="settings">What differs from the source.</param>
    /// <param name="source">Looks the source up among what is stored, and tells what to restore; or refuses.</param>
    public async ValueTask<Outcome<Table>> BeginAsync(
        CallContext context, string target, RestoredTable settings, Func<IPartitionReader, Outcome<RestoreSource>> source)
    {
        TableDefinition.CheckName(target);
        await removal.RemoveIfGoneAsync(context.Account, context.Region, target);
        var id = ids.NewUuid();
        var outcome = await tables.CatalogOf(context).UpdateAsync((target, settings, source, id, context.Time), static (current, batch, call) =>
        {
            var key = DynamoDbKeyspace.Table(call.target);
            if (current.Contains(key))
            {
                return DynamoDbErrors.TableAlreadyExistsException.With($"Table already exists: {call.target}");
            }

            if (TableStore.Records(current).Count(record => record.Restore is { InProgress: true }) >= MaxRestores)
            {
                return DynamoDbErrors.LimitExceededException.With(
                    $"Subscriber limit exceeded: There is a limit of {MaxRestores} concurrent restores per subscriber");
            }

            var found = call.source(current);
            if (!found.Succeeded)
            {
                return found.Error;
            }

            var restore = found.Value.Restore;
            try
            {
                var record = call.settings.Of(found.Value.Table, call.target, call.id, call.Time, restore);
                batch.Put(key, record.Encode());
                return (Outcome<TableRecord>)record;
            }
            catch (ServiceException refused)
            {
                return refused.Error;
            }
        });
        if (!outcome.Succeeded)
        {
            return outcome.Error;
        }

        work.Wake();
        return tables.Make(context.Account, context.Region, outcome.Value);
    }
}

/// <param name="Table">The table whose items are restored, as it was.</param>
/// <param name="Restore">From where.</param>
internal sealed record RestoreSource(TableRecord Table, RestoreRecord Restore);
