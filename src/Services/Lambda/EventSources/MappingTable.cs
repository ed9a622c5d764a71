using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Haneul.Storage;

namespace Haneul.Lambda.EventSources;

/// <summary>Reads and writes mappings and how far they are.</summary>
internal sealed class MappingTable(IStore store)
{
    /// <summary>Pulsed when the loop may have something to do.</summary>
    public Signal Changes { get; } = new();

    public IStore Store => store;

    public static ServiceError NotFound { get; } =
        LambdaErrors.ResourceNotFoundException.With("The resource you requested does not exist.");

    public static string Arn(string account, string region, string id) => $"arn:aws:lambda:{region}:{account}:event-source-mapping:{id}";

    public static string Arn(CallContext context, string id) => Arn(context.Account.Value, context.Region.Name, id);

    public IPartition Of(CallContext context) => store.Partition(LambdaKeyspace.Partition(context.Account.Value, context.Region.Name));

    public static byte[] Key(string id) => LambdaKeyspace.Key(LambdaKeyspace.Mappings, id);

    public static MappingRecord? Find(IPartitionReader reader, string id) =>
        reader.GetBytes(Key(id)) is { } bytes ? Decode(bytes) : null;

    public static MappingRecord Decode(ReadOnlySpan<byte> bytes) => Stored.Decode(bytes, RecordJson.Default.MappingRecord);

    public static List<MappingRecord> All(IPartitionReader reader)
    {
        var mappings = new List<MappingRecord>();
        foreach (var entry in reader.Scan(KeyRange.Prefix(LambdaKeyspace.Kind(LambdaKeyspace.Mappings))))
        {
            mappings.Add(Decode(entry.Value));
        }

        return mappings;
    }

    public static void Put(Batch batch, MappingRecord mapping) =>
        batch.Put(Key(mapping.Id), Stored.Encode(mapping, RecordJson.Default.MappingRecord));

    public static ShardCheckpoint? Checkpoint(IPartitionReader reader, string id, string shard) =>
        reader.GetBytes(CheckpointKey(id, shard)) is { } bytes ? Stored.Decode(bytes, RecordJson.Default.ShardCheckpoint) : null;

    public static void Put(Batch batch, string id, string shard, ShardCheckpoint checkpoint) =>
        batch.Put(CheckpointKey(id, shard), Stored.Encode(checkpoint, RecordJson.Default.ShardCheckpoint));

    /// <summary>Forgets the shards that the stream has forgotten.</summary>
    public static async ValueTask TrimAsync(IPartition partition, string id, IReadOnlyCollection<string> shards)
    {
        var batch = new Batch();
        foreach (var entry in partition.Scan(KeyRange.Prefix(LambdaKeyspace.Key(LambdaKeyspace.Checkpoints, id))))
        {
            var key = new Storage.Keys.KeyReader(entry.Key);
            key.ReadByte();
            key.SkipBytes();
            if (!shards.Contains(key.ReadText()))
            {
                batch.Delete(entry.Key);
            }
        }

        if (batch.Count > 0)
        {
            await partition.CommitAsync(batch);
        }
    }

    /// <summary>Writes how far a shard is, and how its last batch went if that is news.</summary>
    public static async ValueTask SettleAsync(IPartition partition, string id, string shard, ShardCheckpoint? checkpoint, string? result) =>
        await partition.UpdateAsync((id, shard, checkpoint, result), static (current, batch, state) =>
        {
            if (Find(current, state.id) is not { } mapping)
            {
                return false;
            }

            if (state.checkpoint is not null)
            {
                Put(batch, state.id, state.shard, state.checkpoint);
            }

            if (state.result is not null && state.result != mapping.LastResult)
            {
                Put(batch, mapping with { LastResult = state.result });
            }

            return true;
        });

    /// <summary>Moves a mapping on from the state that a worker or the loop saw, with all else that changes then.</summary>
    public static async ValueTask<bool> MoveAsync(
        IPartition partition, MappingRecord seen, string state, DateTimeOffset now,
        IReadOnlyDictionary<string, ShardCheckpoint>? checkpoints = null) =>
        await partition.UpdateAsync((seen, state, now, checkpoints), static (current, batch, change) =>
        {
            if (Find(current, change.seen.Id) is not { } mapping
                || mapping.State != change.seen.State || mapping.Revision != change.seen.Revision)
            {
                return false;
            }

            Put(batch, mapping with { State = change.state, LastModified = change.now });
            foreach (var (shard, checkpoint) in change.checkpoints ?? new Dictionary<string, ShardCheckpoint>())
            {
                Put(batch, mapping.Id, shard, checkpoint);
            }

            return true;
        });

    public static async ValueTask RemoveAsync(IPartition partition, string id)
    {
        var batch = new Batch();
        batch.Delete(Key(id));
        batch.DeleteRange(KeyRange.Prefix(LambdaKeyspace.Key(LambdaKeyspace.Checkpoints, id)));
        await partition.CommitAsync(batch);
    }

    private static byte[] CheckpointKey(string id, string shard) => LambdaKeyspace.Key(LambdaKeyspace.Checkpoints, id, shard);
}
