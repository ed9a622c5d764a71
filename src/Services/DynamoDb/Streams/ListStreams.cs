using Haneul.DynamoDb.Streams.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Stream = Haneul.DynamoDb.Streams.Contracts.Stream;

namespace Haneul.DynamoDb.Streams;

/// <summary>
/// Lists streams, up to 100 a page; those that have ended for another day.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_ListStreams.html"/>
/// </summary>
internal sealed class ListStreams(StreamTable streams) : IHandler<ListStreamsInput, ListStreamsOutput>
{
    private const int MaxStreams = 100;

    public ValueTask<Outcome<ListStreamsOutput>> HandleAsync(ListStreamsInput input, CallContext context, CancellationToken cancel)
    {
        DynamoErrors.ThrowIfAbove(input.Limit, MaxStreams);
        var only = input.TableName is null ? null : TableStore.Locate(context, input.TableName).Name;
        var limit = input.Limit ?? MaxStreams;
        var found = streams.Streams(context.Account, context.Region, only)
            .Select(stream => new Stream { StreamArn = stream.Arn, TableName = stream.State.TableName, StreamLabel = stream.State.Label })
            .Where(stream => input.ExclusiveStartStreamArn is null || string.CompareOrdinal(stream.StreamArn, input.ExclusiveStartStreamArn) > 0)
            .OrderBy(stream => stream.StreamArn, StringComparer.Ordinal)
            .Take(limit + 1)
            .ToList();
        var page = found.Take(limit).ToList();
        return new(new ListStreamsOutput { Streams = page, LastEvaluatedStreamArn = found.Count > limit ? page[^1].StreamArn : null });
    }
}
