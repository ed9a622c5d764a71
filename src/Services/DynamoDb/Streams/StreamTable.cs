using System.Globalization;
using System.Text;
using Haneul.DynamoDb.Reads;
using Haneul.DynamoDb.Streams.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.DynamoDb.Streams;

/// <summary>A stream with what it takes to read it.</summary>
/// <param name="Arn">Its name.</param>
/// <param name="State">Its shards.</param>
/// <param name="Partitions">The partitions of its table.</param>
/// <param name="Sequence">Where its table's numbers come from.</param>
internal sealed record TableStream(string Arn, StreamState State, IPartition[] Partitions, StreamSequence Sequence)
{
    public IEnumerable<IPartition> Of(ShardRecord shard) => Partitions.Skip(shard.From).Take(shard.Count);
}

/// <summary>
/// Finds streams and reads them. The state of a stream is stored from the first time that it is not as it began; streams that have ended
/// stay for a day, whether their table does or not.
/// </summary>
internal sealed class StreamTable(TableStore tables, TimeProvider time)
{
    public DateTimeOffset Now => tables.Now;

    /// <summary>The least number of a record that can still be read.</summary>
    public ulong Horizon => StreamSequence.NumberOf(Now - StreamState.Kept);

    public static ServiceError NotFound(string arn) =>
        DynamoDbStreamsErrors.ResourceNotFoundException.With($"Requested resource not found: Stream: {arn} not found");

    public static ServiceError Trimmed(ulong number) => DynamoDbStreamsErrors.TrimmedDataAccessException.With(
        $"The operation attempted to read past the oldest stream record in a shard. SequenceNumber: {Text(number)}");

    public static string Text(ulong sequence) => sequence.ToString("D21", CultureInfo.InvariantCulture);

    /// <summary>The stream with this ARN, or null.</summary>
    public TableStream? Find(CallContext context, string arn)
    {
        if (!TableArn.TryParse(arn, out var account, out var region, out var name))
        {
            return null;
        }

        TableStore.CheckRegion(context, region, arn);
        return Find(account, region, name, arn);
    }

    /// <summary>The streams of an account and region, or of one table's name: those that are on, and those that ended within a day.</summary>
    public IEnumerable<TableStream> Streams(AccountId account, Region region, string? table = null)
    {
        var catalog = tables.CatalogOf(account, region);
        var known = new HashSet<(string, string)>();
        foreach (var state in States(catalog, table))
        {
            known.Add((state.TableId, state.Label));
            if (!(state.ClosedAt + StreamState.Kept <= Now))
            {
                yield return Make(account, region, state.Trim(Horizon));
            }
        }

        var records = table is null ? tables.Records(account, region) : tables.Find(account, region, table) is { } one ? [one.Record] : [];
        foreach (var record in records)
        {
            if (record.Stream is { Enabled: true } stream && !(record.GoneAt <= Now) && !known.Contains((record.Id, stream.Label)))
            {
                yield return Make(account, region, StreamState.Begin(record));
            }
        }
    }

    public static IReadOnlyList<StreamState> States(IPartitionReader catalog, string? table = null)
    {
        var states = new List<StreamState>();
        foreach (var entry in catalog.Scan(KeyRange.Prefix(DynamoDbKeyspace.Streams(table))))
        {
            states.Add(StreamState.Decode(entry.Value));
        }

        return states;
    }

    /// <summary>
    /// The last number up to which every record of a shard is written: one looks at the last number, then goes through each partition's door.
    /// </summary>
    public static async ValueTask<ulong> HeadAsync(TableStream stream, ShardRecord shard)
    {
        if (shard.End is { } end)
        {
            return end;
        }

        var last = stream.Sequence.Last;
        foreach (var partition in stream.Of(shard))
        {
            await partition.UpdateAsync(0, static (_, _, _) => true);
        }

        return last;
    }

    /// <summary>Reads a shard's records above one number and not above another.</summary>
    public EntrySource Read(TableStream stream, ShardRecord shard, ulong after, ulong upTo, int limit)
    {
        var lower = DynamoDbKeyspace.StreamRecord(Math.Max(Math.Max(after + 1, shard.Start), Horizon));
        var upper = DynamoDbKeyspace.StreamRecord(upTo + 1);
        return EntrySource.Merge(
            [.. stream.Of(shard).Select(partition => partition.Scan(KeyRange.All.From(lower).Before(upper), limit: limit))], ScanOrder.Ascending);
    }

    /// <summary>Waits until there may be something behind an iterator: a record, or the end of the shard.</summary>
    public async ValueTask WaitAsync(ShardIterator iterator, TimeSpan atMost, CancellationToken cancel)
    {
        // 1. The signals first, then a look: a change in between is not slept through.
        if (!TableArn.TryParse(iterator.StreamArn, out var account, out var region, out var name)
            || Find(account, region, name, iterator.StreamArn) is not { } stream
            || stream.State.Find(iterator.ShardId) is not { IsOpen: true } shard)
        {
            return;
        }

        (Signal Signal, long Seen)[] signals = [.. stream.Of(shard).Select(partition => (partition.Changes, partition.Changes.Version))];
        using (var source = Read(stream, shard, iterator.After, long.MaxValue, limit: 1))
        {
            if (source.MoveNext() || Find(account, region, name, iterator.StreamArn)?.State.Find(iterator.ShardId) is not { IsOpen: true })
            {
                return;
            }
        }

        // 2. Any of the shard's partitions may bring it.
        await signals.WaitAnyAsync(atMost, time, cancel);
    }

    /// <summary>An id that is the same whenever the record is read.</summary>
    public static string EventId(string tableId, ulong sequence) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
        Encoding.UTF8.GetBytes(tableId + Text(sequence))).AsSpan(0, 16));

    private TableStream? Find(AccountId account, Region region, string name, string arn) =>
        Streams(account, region, name).FirstOrDefault(stream => stream.Arn == arn);

    private TableStream Make(AccountId account, Region region, StreamState state)
    {
        var partitions = tables.PartitionsOf(account, region, state.TableId, state.Partitions);
        return new TableStream(
            $"{TableArn.Of(account, region, state.TableName)}/stream/{state.Label}",
            state,
            partitions,
            tables.SequenceOf(state.TableId, partitions, state.Start));
    }
}
