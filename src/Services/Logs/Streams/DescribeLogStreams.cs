using System.Globalization;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Logs.Contracts;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.Logs.Streams;

/// <summary>Lists a group's streams by name or by their last event, 50 a page.</summary>
internal sealed class DescribeLogStreams(LogTable logs) : IHandler<DescribeLogStreamsInput, DescribeLogStreamsOutput>
{
    public ValueTask<Outcome<DescribeLogStreamsOutput>> HandleAsync(
        DescribeLogStreamsInput input, CallContext context, CancellationToken cancel)
    {
        var group = LogArn.Name(input.LogGroupName, input.LogGroupIdentifier);
        var byTime = input.OrderBy == OrderBy.LastEventTime;
        if (byTime && input.LogStreamNamePrefix is not null)
        {
            return new(LogsErrors.InvalidParameterException.With("Cannot order by LastEventTime with a logStreamNamePrefix."));
        }

        var partition = logs.Of(context);
        if (!partition.Contains(LogsKeyspace.Key(LogsKeyspace.Groups, group)))
        {
            return new(LogTable.NoGroup);
        }

        var streams = new List<(string Name, StreamRecord Record)>();
        foreach (var entry in partition.Scan(KeyRange.Prefix(LogsKeyspace.Key(LogsKeyspace.Streams, group))))
        {
            var key = new KeyReader(entry.Key);
            key.ReadByte();
            key.ReadText();
            var name = key.ReadText();
            if (name.StartsWith(input.LogStreamNamePrefix ?? "", StringComparison.Ordinal))
            {
                streams.Add((name, StreamRecord.Decode(entry.Value)));
            }
        }

        if (byTime)
        {
            streams.Sort(static (a, b) => (a.Record.Last ?? 0).CompareTo(b.Record.Last ?? 0));
        }

        if (input.Descending == true)
        {
            streams.Reverse();
        }

        var start = 0;
        if (input.NextToken is { } token && !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out start))
        {
            return new(LogsErrors.InvalidParameterException.With("The specified nextToken is invalid."));
        }

        var page = streams.Skip(start).Take(input.Limit ?? 50).Select(stream => Describe(context, group, stream.Name, stream.Record)).ToList();
        var end = start + page.Count;
        return new(new DescribeLogStreamsOutput
        {
            LogStreams = page,
            NextToken = end < streams.Count ? end.ToString(CultureInfo.InvariantCulture) : null,
        });
    }

    private static LogStream Describe(CallContext context, string group, string name, StreamRecord record) => new()
    {
        LogStreamName = name,
        CreationTime = record.Created,
        FirstEventTimestamp = record.First,
        LastEventTimestamp = record.Last,
        LastIngestionTime = record.LastIngestion,
        UploadSequenceToken = PutToken(record.Events),
        Arn = LogArn.Stream(context, group, name),
        StoredBytes = 0, // AWS stopped counting them per stream in 2019.
    };

    /// <summary>Sequence tokens are given out and no longer asked for.</summary>
    public static string PutToken(long events) => events.ToString("D56", CultureInfo.InvariantCulture);
}
