using Haneul.DynamoDb.Streams.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Stream = Haneul.DynamoDb.Streams.Contracts.Stream;

namespace Haneul.DynamoDb.Streams;

/// <summary>
/// Lists streams, up to 100 a page.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_ListStreams.html"/>
/// </summary>
internal sealed class ListStreams(StreamTable streams) : IHandler<ListStreamsInput, ListStreamsOutput>
{
    public ValueTask<Outcome<ListStreamsOutput>> HandleAsync(ListStreamsInput input, CallContext context, CancellationToken cancel)
    {
        var only = input.TableName is null ? null : TableStore.Locate(context, input.TableName).Name;
        var limit = input.Limit ?? 100;
        var found = streams.Tables.Records(context.Account, context.Region)
            .Where(record => record.Stream is not null && (only is null || record.Name == only) && !(record.GoneAt <= streams.Now))
            .Select(record => streams.Tables.Make(context.Account, context.Region, record))
            .Select(table => new Stream { StreamArn = StreamTable.Arn(table), TableName = table.Name, StreamLabel = table.Record.Stream!.Label })
            .Where(stream => input.ExclusiveStartStreamArn is null || string.CompareOrdinal(stream.StreamArn, input.ExclusiveStartStreamArn) > 0)
            .OrderBy(stream => stream.StreamArn, StringComparer.Ordinal)
            .Take(limit + 1)
            .ToList();
        var page = found.Take(limit).ToList();
        return new(new ListStreamsOutput { Streams = page, LastEvaluatedStreamArn = found.Count > limit ? page[^1].StreamArn : null });
    }
}
