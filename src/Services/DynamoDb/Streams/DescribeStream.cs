using Haneul.DynamoDb.Streams.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Streams;

/// <summary>
/// Tells a stream's state and its shard.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_DescribeStream.html"/>
/// </summary>
internal sealed class DescribeStream(StreamTable streams) : IHandler<DescribeStreamInput, DescribeStreamOutput>
{
    public async ValueTask<Outcome<DescribeStreamOutput>> HandleAsync(DescribeStreamInput input, CallContext context, CancellationToken cancel)
    {
        if (streams.Find(context, input.StreamArn) is not { } table)
        {
            return StreamTable.NotFound(input.StreamArn);
        }

        var record = table.Record;
        var first = StreamTable.First(table);
        var shard = new Shard
        {
            ShardId = StreamTable.ShardId(table),
            SequenceNumberRange = new SequenceNumberRange
            {
                StartingSequenceNumber = StreamTable.Text(first),
                EndingSequenceNumber = record.Stream!.Enabled ? null : StreamTable.Text(Math.Max(first, await streams.HeadAsync(table))),
            },
        };
        var children = input.ShardFilter is not null;
        var behind = input.ExclusiveStartShardId is { } start && string.CompareOrdinal(start, shard.ShardId) >= 0;
        return new DescribeStreamOutput
        {
            StreamDescription = new StreamDescription
            {
                StreamArn = input.StreamArn,
                StreamLabel = record.Stream.Label,
                StreamStatus = record.Stream.Enabled ? StreamStatus.Enabled : StreamStatus.Disabled,
                StreamViewType = record.Stream.View,
                CreationRequestDateTime = DateTimeOffset.UnixEpoch.AddTicks((long)first * TimeSpan.TicksPerMicrosecond),
                TableName = table.Name,
                KeySchema = record.Range is { } range
                    ? [Key(record.Hash, KeyType.Hash), Key(range, KeyType.Range)]
                    : [Key(record.Hash, KeyType.Hash)],
                Shards = behind || children ? [] : [shard],
            },
        };
    }

    private static KeySchemaElement Key(string name, string type) => new() { AttributeName = name, KeyType = type };
}
