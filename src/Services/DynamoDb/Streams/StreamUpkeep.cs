using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.DynamoDb.Streams;

/// <summary>Rolls and splits shards that are due, forgets records after a day, and streams a day after they ended.</summary>
internal sealed class StreamUpkeep(TableStore tables, StreamTable streams)
{
    /// <summary>How many changes a second one shard takes before it splits: what AWS lets a partition write.</summary>
    public const int RateOfShard = 1000;

    public async ValueTask RunAsync(AccountId account, Region region, CancellationToken cancel)
    {
        var catalog = tables.CatalogOf(account, region);
        foreach (var state in StreamTable.States(catalog).Where(state => state.ClosedAt + StreamState.Kept <= tables.Now))
        {
            cancel.ThrowIfCancellationRequested();
            await ForgetAsync(account, region, catalog, state);
        }

        foreach (var stream in streams.Streams(account, region).ToList())
        {
            cancel.ThrowIfCancellationRequested();
            await TrimAsync(stream.Partitions);
            if (stream.State.ClosedAt is null)
            {
                await RollAsync(account, region, stream);
            }
        }
    }

    /// <summary>Notes that a table's stream has ended. Part of the transaction that ends it, which holds all of the table's partitions.</summary>
    public static void Close(IPartitionReader catalog, Batch batch, TableRecord table, ulong number, DateTimeOffset now)
    {
        var key = DynamoDbKeyspace.Stream(table.Name, table.Stream!.Label);
        batch.Put(key, Stored(catalog, key, table).Close(number, now).Encode());
    }

    /// <summary>A table's stream with a label that no stream before it has, however fast they follow each other.</summary>
    public static StreamRecordOptions WithFreshLabel(IPartitionReader catalog, string table, StreamRecordOptions stream)
    {
        while (catalog.Contains(DynamoDbKeyspace.Stream(table, stream.Label)))
        {
            stream = stream with { Label = StreamRecordOptions.LabelOf(stream.Since + TimeSpan.FromMilliseconds(1)) };
        }

        return stream;
    }

    private static StreamState Stored(IPartitionReader catalog, byte[] key, TableRecord table) =>
        catalog.GetBytes(key) is { } bytes ? StreamState.Decode(bytes) : StreamState.Begin(table);

    private ValueTask<bool> RollAsync(AccountId account, Region region, TableStream stream)
    {
        var rate = stream.Sequence.TakeRate();
        var state = stream.State;
        if (tables.Find(account, region, state.TableName) is not { } table || table.Record.Id != state.TableId)
        {
            return new(false);
        }

        var wanted = (int)Math.Ceiling(Math.Max(rate, table.Record.Throughput.Write) / RateOfShard);
        if (!state.NeedsRoll(tables.Now, wanted))
        {
            return new(false);
        }

        var catalog = DynamoDbKeyspace.Catalog(account, region);
        PartitionId[] parts = [.. stream.Partitions.Select(partition => partition.Id)];
        return tables.Store.Transactions.UpdateAsync([catalog, .. parts], (catalog, parts, stream, wanted, streams), static (context, call) =>
        {
            var known = call.stream.State;
            if (context.Read(call.catalog).GetBytes(DynamoDbKeyspace.Table(known.TableName)) is not { } bytes
                || TableRecord.Decode(bytes) is not { Stream.Enabled: true } table
                || table.Id != known.TableId
                || table.Stream.Label != known.Label)
            {
                return false;
            }

            // The number between parents and children is noted as given, so that no later process gives a lower one; who waits for the end
            // of a parent wakes up by that.
            var key = DynamoDbKeyspace.Stream(known.TableName, known.Label);
            var number = call.stream.Sequence.Next();
            var rolled = Stored(context.Read(call.catalog), key, table).Trim(call.streams.Horizon).Roll(number, call.streams.Now, call.wanted);
            context.Write(call.catalog).Put(key, rolled.Encode());
            foreach (var part in call.parts)
            {
                var partition = PartitionState.Read(context.Read(part));
                partition.Sequence = number;
                partition.Write(context.Write(part));
            }

            return true;
        });
    }

    private async ValueTask TrimAsync(IPartition[] partitions)
    {
        var end = DynamoDbKeyspace.StreamRecord(streams.Horizon);
        foreach (var partition in partitions)
        {
            await partition.ForgetAsync(DynamoDbKeyspace.StreamRecords, end);
        }
    }

    private async ValueTask ForgetAsync(AccountId account, Region region, IPartition catalog, StreamState state)
    {
        var end = DynamoDbKeyspace.StreamRecord(state.Shards.Max(shard => shard.End ?? 0) + 1);
        foreach (var partition in tables.PartitionsOf(account, region, state.TableId, state.Partitions))
        {
            await partition.ForgetAsync(DynamoDbKeyspace.StreamRecords, end);
        }

        var batch = new Batch();
        batch.Delete(DynamoDbKeyspace.Stream(state.TableName, state.Label));
        await catalog.CommitAsync(batch);
    }
}
