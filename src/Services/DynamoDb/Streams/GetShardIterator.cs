using System.Globalization;
using Haneul.DynamoDb.Streams.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Streams;

/// <summary>
/// Chooses where reading begins.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html"/>
/// </summary>
internal sealed class GetShardIterator(StreamTable streams) : IHandler<GetShardIteratorInput, GetShardIteratorOutput>
{
    public async ValueTask<Outcome<GetShardIteratorOutput>> HandleAsync(
        GetShardIteratorInput input, CallContext context, CancellationToken cancel)
    {
        var numbered = input.ShardIteratorType is ShardIteratorType.AtSequenceNumber or ShardIteratorType.AfterSequenceNumber;
        DynamoErrors.ThrowIf(
            numbered && input.SequenceNumber is null, $"SequenceNumber must be specified when ShardIteratorType is {input.ShardIteratorType}");
        DynamoErrors.ThrowIf(
            !numbered && input.SequenceNumber is not null,
            $"SequenceNumber must not be specified when ShardIteratorType is {input.ShardIteratorType}");
        if (streams.Find(context, input.StreamArn) is not { } stream)
        {
            return StreamTable.NotFound(input.StreamArn);
        }

        if (stream.State.Find(input.ShardId) is not { } shard)
        {
            return DynamoDbStreamsErrors.ResourceNotFoundException.With(
                $"Requested resource not found: Shard: {input.ShardId} in Stream: {input.StreamArn} not found");
        }

        ulong after = 0;
        if (numbered)
        {
            DynamoErrors.ThrowIf(
                !ulong.TryParse(input.SequenceNumber, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number < shard.Start || number > (shard.End ?? long.MaxValue),
                $"Invalid SequenceNumber: {input.SequenceNumber}");
            if (number < streams.Horizon)
            {
                return StreamTable.Trimmed(number);
            }

            after = number - (input.ShardIteratorType == ShardIteratorType.AtSequenceNumber ? 1UL : 0);
        }
        else if (input.ShardIteratorType == ShardIteratorType.Latest)
        {
            after = await StreamTable.HeadAsync(stream, shard);
        }

        var iterator = new ShardIterator(input.StreamArn, input.ShardId, after, Strict: numbered, streams.Now);
        return new GetShardIteratorOutput { ShardIterator = iterator.ToString() };
    }
}
