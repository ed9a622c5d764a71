using Haneul.DynamoDb.Streams;
using Haneul.DynamoDb.Streams.Contracts;
using Haneul.Integration;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.DynamoDb.Integration;

/// <summary>Lets other services read streams, through the pipeline as everybody does.</summary>
internal sealed class TableRecordStreams(IOperationInvoker invoker, StreamTable streams) : IRecordStreams
{
    public bool Has(string streamArn) => Arn.TryParse(streamArn, out var arn) && arn.Service == "dynamodb";

    public async ValueTask<Outcome<Unit>> CheckAsync(string streamArn, CallContext reader, CancellationToken cancel)
    {
        var stream = await DescribeAsync(streamArn, reader, cancel);
        if (!stream.Succeeded)
        {
            return stream.Error;
        }

        var listed = await invoker.InvokeAsync(DynamoDbStreamsOperations.ListStreams, new ListStreamsInput { Limit = 1 }, reader, cancel);
        if (!listed.Succeeded)
        {
            return listed.Error;
        }

        if (stream.Value.Shards is not [.., var shard])
        {
            return Unit.Value;
        }

        var position = await OpenAsync(streamArn, shard.Id, RecordStart.Latest, reader, cancel);
        if (!position.Succeeded)
        {
            return position.Error;
        }

        var page = await ReadAsync(position.Value, limit: 1, reader, cancel);
        return page.Succeeded ? Unit.Value : page.Error;
    }

    public async ValueTask<Outcome<RecordStream>> DescribeAsync(string streamArn, CallContext reader, CancellationToken cancel)
    {
        var shards = new List<RecordShard>();
        string? after = null;
        while (true)
        {
            var outcome = await invoker.InvokeAsync(
                DynamoDbStreamsOperations.DescribeStream,
                new DescribeStreamInput { StreamArn = streamArn, ExclusiveStartShardId = after },
                reader,
                cancel);
            if (!outcome.Succeeded)
            {
                return outcome.Error;
            }

            var described = outcome.Value.StreamDescription!;
            shards.AddRange(described.Shards!.Select(
                shard => new RecordShard(shard.ShardId!, shard.ParentShardId, shard.SequenceNumberRange!.EndingSequenceNumber is not null)));
            after = described.LastEvaluatedShardId;
            if (after is null)
            {
                return new RecordStream(described.StreamStatus == StreamStatus.Enabled, shards);
            }
        }
    }

    public async ValueTask<Outcome<RecordPosition>> OpenAsync(
        string streamArn, string shardId, RecordStart start, CallContext reader, CancellationToken cancel)
    {
        var input = new GetShardIteratorInput
        {
            StreamArn = streamArn,
            ShardId = shardId,
            ShardIteratorType = start.After is not null ? ShardIteratorType.AfterSequenceNumber
                : start.IsLatest ? ShardIteratorType.Latest
                : ShardIteratorType.TrimHorizon,
            SequenceNumber = start.After,
        };
        var outcome = await invoker.InvokeAsync(DynamoDbStreamsOperations.GetShardIterator, input, reader, cancel);
        return outcome.Succeeded ? new RecordPosition(outcome.Value.ShardIterator!) : outcome.Error;
    }

    public async ValueTask<Outcome<RecordPage>> ReadAsync(RecordPosition position, int limit, CallContext reader, CancellationToken cancel)
    {
        var input = new GetRecordsInput { ShardIterator = position.Token, Limit = limit };
        var outcome = await invoker.InvokeAsync(DynamoDbStreamsOperations.GetRecords, input, reader, cancel);
        if (!outcome.Succeeded)
        {
            return outcome.Error;
        }

        var arn = ShardIterator.TryParse(position.Token, out var iterator) ? iterator.StreamArn : "";
        return new RecordPage(
            [.. outcome.Value.Records!.Select(record => RecordEvent.Of(record, arn))],
            outcome.Value.NextShardIterator is { } next ? new RecordPosition(next) : null);
    }

    public ValueTask WaitAsync(RecordPosition position, TimeSpan atMost, CancellationToken cancel) =>
        ShardIterator.TryParse(position.Token, out var iterator) ? streams.WaitAsync(iterator, atMost, cancel) : default;
}
