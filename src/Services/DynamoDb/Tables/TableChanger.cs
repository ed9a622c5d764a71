using Haneul.DynamoDb.Backups;
using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.Streams;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;
using Haneul.Storage.Transactions;

namespace Haneul.DynamoDb.Tables;

/// <summary>Changes a table's record. What writers must know of makes a new epoch, which every partition learns in the same transaction.</summary>
internal sealed class TableChanger(TableStore tables)
{
    /// <summary>Changes what no writer needs to know.</summary>
    /// <param name="context">Whose table.</param>
    /// <param name="nameOrArn">Which table.</param>
    /// <param name="change">The new record, or an error. May be called more than once.</param>
    public ValueTask<Outcome<TableRecord>> ChangeAsync(CallContext context, string nameOrArn, Func<TableRecord, Outcome<TableRecord>> change)
    {
        var (account, region, name) = TableStore.Locate(context, nameOrArn);
        if (tables.Find(context, nameOrArn) is null)
        {
            return new(DynamoErrors.TableNotFound(name));
        }

        return ChangeAsync(account, region, name, change);
    }

    /// <inheritdoc cref="ChangeAsync(CallContext, string, Func{TableRecord, Outcome{TableRecord}})"/>
    public ValueTask<Outcome<TableRecord>> ChangeAsync(
        AccountId account, Region region, string name, Func<TableRecord, Outcome<TableRecord>> change) =>
        tables.CatalogOf(account, region).UpdateAsync((name, change, tables.Now), static (current, batch, state) =>
        {
            var key = DynamoDbKeyspace.Table(state.name);
            if (current.GetBytes(key) is not { } bytes || TableRecord.Decode(bytes) is not { } record || record.GoneAt <= state.Now)
            {
                return DynamoErrors.TableNotFound(state.name);
            }

            var outcome = state.change(record);
            if (outcome.Succeeded)
            {
                batch.Put(key, outcome.Value.Encode());
            }

            return outcome;
        });

    /// <summary>Changes what writers must know: indexes, streams, expiry.</summary>
    /// <param name="account">Whose table.</param>
    /// <param name="region">Where.</param>
    /// <param name="known">The table as the caller knows it.</param>
    /// <param name="change">The new record, or an error. May be called more than once.</param>
    /// <param name="clear">Further changes of each partition.</param>
    /// <param name="note">Further changes of the catalogue, which come last.</param>
    public async ValueTask<Outcome<TableRecord>> ChangeEpochAsync(
        AccountId account,
        Region region,
        TableRecord known,
        Func<TableRecord, Outcome<TableRecord>> change,
        Action<PartitionState, Batch>? clear = null,
        Action<Batch, TableRecord>? note = null)
    {
        var outcome = await ChangeTogetherAsync(account, [new TableChange(region, known, change, clear, note)]);
        return outcome.Succeeded ? outcome.Value[0] : outcome.Error;
    }

    /// <summary>Changes what writers must know of several tables, all or none, and may make another with them.</summary>
    /// <returns>The changed records in the order of the changes, or the first error.</returns>
    public ValueTask<Outcome<IReadOnlyList<TableRecord>>> ChangeTogetherAsync(
        AccountId account, IReadOnlyList<TableChange> changes, NewTable? made = null)
    {
        var parts = changes.Select(change => Place.Of(tables, account, change.Region, change.Known)).ToList();
        List<PartitionId> participants = [.. parts.SelectMany(place => place.Parts), .. parts.Select(place => place.Catalog)];
        if (made is not null)
        {
            participants.AddRange([DynamoDbKeyspace.Catalog(account, made.Region), .. Place.PartsOf(account, made.Region, made.Record)]);
        }

        return tables.Store.Transactions.UpdateAsync(participants, (account, changes, parts, made, tables.Now), static (context, call) =>
        {
            var changed = new List<TableRecord>();
            ulong first = 0;
            for (var i = 0; i < call.changes.Count; i++)
            {
                var outcome = Change(context, call.parts[i], call.changes[i], call.Now, out var number);
                if (!outcome.Succeeded)
                {
                    Forget(context, call.parts);
                    return outcome.Error;
                }

                changed.Add(outcome.Value);
                first = i == 0 ? number : first;
            }

            if (call.made is { } made)
            {
                var catalog = DynamoDbKeyspace.Catalog(call.account, made.Region);
                var key = DynamoDbKeyspace.Table(made.Record.Name);
                if (context.Read(catalog).Contains(key))
                {
                    Forget(context, call.parts);
                    return DynamoDbErrors.ResourceInUseException.With($"Table already exists: {made.Record.Name}");
                }

                context.Write(catalog).Put(key, made.Record.Encode());
                made.Begin(context, first);
            }

            return Outcome.Of<IReadOnlyList<TableRecord>>(changed);
        });
    }

    /// <summary>Why a table cannot be deleted now, or null.</summary>
    public ServiceError? RefusalOfDeletion(AccountId account, Region region, TableRecord table)
    {
        if (TableDescriber.Busy(table, tables.Now) is { } busy)
        {
            return busy;
        }

        if (table.DeletionProtection)
        {
            return DynamoErrors.Validation(
                "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.");
        }

        return table.Copying is { Count: > 0 } || BackupTable.IsRestoring(tables.Records(account, region), table.Id)
            ? DynamoDbErrors.ResourceInUseException.With(
                $"Attempt to change a resource which is still in use: Table is being backed up or restored: {table.Name}")
            : null;
    }

    private static Outcome<TableRecord> Change(ITransactionContext context, Place place, TableChange change, DateTimeOffset now, out ulong number)
    {
        number = 0;
        var key = DynamoDbKeyspace.Table(change.Known.Name);
        if (context.Read(place.Catalog).GetBytes(key) is not { } bytes || TableRecord.Decode(bytes) is not { } record || record.Id != change.Known.Id)
        {
            return DynamoErrors.TableNotFound(change.Known.Name);
        }

        var outcome = change.Change(record);
        if (!outcome.Succeeded)
        {
            return outcome;
        }

        number = place.Sequence.Next();
        var changed = outcome.Value with { Epoch = record.Epoch + 1 };
        changed = changed with { Stream = FollowStream(context.Read(place.Catalog), context.Write(place.Catalog), record, changed, number, now) };
        context.Write(place.Catalog).Put(key, changed.Encode());
        foreach (var part in place.Parts)
        {
            var partition = PartitionState.Read(context.Read(part));
            partition.Epoch = changed.Epoch;
            partition.Sequence = number;
            change.Clear?.Invoke(partition, context.Write(part));
            partition.Write(context.Write(part));
        }

        change.Note?.Invoke(context.Write(place.Catalog), changed);
        return changed;
    }

    private static void Forget(ITransactionContext context, List<Place> places)
    {
        foreach (var place in places)
        {
            context.Write(place.Catalog).Clear();
            foreach (var part in place.Parts)
            {
                context.Write(part).Clear();
            }
        }
    }

    // A stream that ends stays readable for a day; one that begins has a name and numbers of its own.
    private static StreamRecordOptions? FollowStream(
        IPartitionReader catalog, Batch batch, TableRecord before, TableRecord after, ulong number, DateTimeOffset now)
    {
        if (before.Stream == after.Stream)
        {
            return after.Stream;
        }

        if (before.Stream is { Enabled: true })
        {
            StreamUpkeep.Close(catalog, batch, before, number, now);
        }

        return after.Stream is { Enabled: true } begun
            ? StreamUpkeep.WithFreshLabel(catalog, after.Name, begun) with { Start = number + 1 }
            : after.Stream;
    }

    /// <summary>Where a table lies.</summary>
    private sealed record Place(PartitionId Catalog, PartitionId[] Parts, StreamSequence Sequence)
    {
        public static Place Of(TableStore tables, AccountId account, Region region, TableRecord table) => new(
            DynamoDbKeyspace.Catalog(account, region),
            PartsOf(account, region, table),
            tables.SequenceOf(table, tables.PartitionsOf(account, region, table.Id, table.Partitions)));

        public static PartitionId[] PartsOf(AccountId account, Region region, TableRecord table) =>
            [.. Enumerable.Range(0, table.Partitions).Select(n => DynamoDbKeyspace.Part(account, region, table.Id, n))];
    }
}
