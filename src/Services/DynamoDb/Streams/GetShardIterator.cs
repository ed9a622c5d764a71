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
        if (streams.Find(context, input.StreamArn) is not { } table)
        {
            return StreamTable.NotFound(input.StreamArn);
        }

        if (StreamTable.ShardId(table) != input.ShardId)
        {
            return DynamoDbStreamsErrors.ResourceNotFoundException.With(
                $"Requested resource not found: Shard: {input.ShardId} in Stream: {input.StreamArn} not found");
        }

        ulong after = 0;
        if (input.ShardIteratorType is ShardIteratorType.AtSequenceNumber or ShardIteratorType.AfterSequenceNumber)
        {
            DynamoErrors.ThrowIf(
                input.SequenceNumber is null, $"SequenceNumber must be specified when ShardIteratorType is {input.ShardIteratorType}");
            DynamoErrors.ThrowIf(
                !ulong.TryParse(input.SequenceNumber, NumberStyles.None, CultureInfo.InvariantCulture, out after) || after > long.MaxValue,
                $"Invalid SequenceNumber: {input.SequenceNumber}");
            if (after < StreamTrim.Horizon(streams.Now))
            {
                return DynamoDbStreamsErrors.TrimmedDataAccessException.With(
                    $"The operation attempted to read past the oldest stream record in a shard. SequenceNumber: {input.SequenceNumber}");
            }

            after -= input.ShardIteratorType == ShardIteratorType.AtSequenceNumber && after > 0 ? 1UL : 0;
        }
        else
        {
            DynamoErrors.ThrowIf(
                input.SequenceNumber is not null, $"SequenceNumber must not be specified when ShardIteratorType is {input.ShardIteratorType}");
            after = input.ShardIteratorType == ShardIteratorType.Latest ? await streams.HeadAsync(table) : 0;
        }

        return new GetShardIteratorOutput { ShardIterator = streams.Iterator(input.StreamArn, after) };
    }
}
