using Haneul.DynamoDb.Streams.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Streams;

/// <summary>
/// Tells a stream's state and its shards, up to 100 a page, or the children of one shard.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_DescribeStream.html"/>
/// </summary>
internal sealed class DescribeStream(StreamTable streams) : IHandler<DescribeStreamInput, DescribeStreamOutput>
{
    private const int MaxShards = 100;

    public ValueTask<Outcome<DescribeStreamOutput>> HandleAsync(DescribeStreamInput input, CallContext context, CancellationToken cancel)
    {
        DynamoErrors.ThrowIfAbove(input.Limit, MaxShards);
        DynamoErrors.ThrowIf(
            input.ShardFilter is not null && input.ShardFilter is not { Type: ShardFilterType.ChildShards, ShardId: not null },
            "ShardFilter must have the Type CHILD_SHARDS and a ShardId");
        if (streams.Find(context, input.StreamArn) is not { State: var state })
        {
            return new(StreamTable.NotFound(input.StreamArn));
        }

        var parent = input.ShardFilter?.ShardId;
        var found = state.Shards
            .Where(shard => parent is null || shard.Parent == parent)
            .Where(shard => input.ExclusiveStartShardId is null || string.CompareOrdinal(shard.Id, input.ExclusiveStartShardId) > 0)
            .OrderBy(shard => shard.Id, StringComparer.Ordinal)
            .Select(Describe)
            .ToList();
        var page = found.Take(input.Limit ?? MaxShards).ToList();
        return new(new DescribeStreamOutput
        {
            StreamDescription = new StreamDescription
            {
                StreamArn = input.StreamArn,
                StreamLabel = state.Label,
                StreamStatus = state.ClosedAt is null ? StreamStatus.Enabled : StreamStatus.Disabled,
                StreamViewType = state.View,
                CreationRequestDateTime = state.Created,
                TableName = state.TableName,
                KeySchema = state.Range is { } range
                    ? [Key(state.Hash, KeyType.Hash), Key(range, KeyType.Range)]
                    : [Key(state.Hash, KeyType.Hash)],
                Shards = page,
                LastEvaluatedShardId = page.Count < found.Count ? page[^1].ShardId : null,
            },
        });
    }

    private static Shard Describe(ShardRecord shard) => new()
    {
        ShardId = shard.Id,
        ParentShardId = shard.Parent,
        SequenceNumberRange = new SequenceNumberRange
        {
            StartingSequenceNumber = StreamTable.Text(shard.Start),
            EndingSequenceNumber = shard.End is { } end ? StreamTable.Text(end) : null,
        },
    };

    private static KeySchemaElement Key(string name, string type) => new() { AttributeName = name, KeyType = type };
}
