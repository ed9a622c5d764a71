using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.Streams;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;

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
    public ValueTask<Outcome<TableRecord>> ChangeEpochAsync(
        AccountId account,
        Region region,
        TableRecord known,
        Func<TableRecord, Outcome<TableRecord>> change,
        Action<PartitionState, Batch>? clear = null,
        Action<Batch, TableRecord>? note = null)
    {
        var catalog = DynamoDbKeyspace.Catalog(account, region);
        PartitionId[] parts = [.. Enumerable.Range(0, known.Partitions).Select(n => DynamoDbKeyspace.Part(account, region, known.Id, n))];
        var sequence = tables.SequenceOf(known, tables.PartitionsOf(account, region, known.Id, known.Partitions));
        return tables.Store.Transactions.UpdateAsync([catalog, .. parts], (catalog, parts, known, change, clear, note, sequence, tables.Now), static (context, state) =>
        {
            var key = DynamoDbKeyspace.Table(state.known.Name);
            if (context.Read(state.catalog).GetBytes(key) is not { } bytes
                || TableRecord.Decode(bytes) is not { } record
                || record.Id != state.known.Id)
            {
                return DynamoErrors.TableNotFound(state.known.Name);
            }

            var outcome = state.change(record);
            if (!outcome.Succeeded)
            {
                return outcome;
            }

            var number = state.sequence.Next();
            var changed = outcome.Value with { Epoch = record.Epoch + 1 };
            changed = changed with { Stream = FollowStream(context.Read(state.catalog), context.Write(state.catalog), record, changed, number, state.Now) };
            context.Write(state.catalog).Put(key, changed.Encode());
            foreach (var part in state.parts)
            {
                var partition = PartitionState.Read(context.Read(part));
                partition.Epoch = changed.Epoch;
                partition.Sequence = number;
                state.clear?.Invoke(partition, context.Write(part));
                partition.Write(context.Write(part));
            }

            state.note?.Invoke(context.Write(state.catalog), changed);
            return (Outcome<TableRecord>)changed;
        });
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
}
