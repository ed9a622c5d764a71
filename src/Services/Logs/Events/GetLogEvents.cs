using System.Buffers.Binary;
using System.Text;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Logs.Contracts;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.Logs.Events;

/// <summary>
/// Reads a stream's events, the newest page first unless told otherwise; always gives both tokens, and at an end the one that was sent.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html"/>
/// </summary>
internal sealed class GetLogEvents(LogTable logs) : IHandler<GetLogEventsInput, GetLogEventsOutput>
{
    private const int MaxEvents = 10_000;
    private const int MaxBytes = 1_048_576;

    public ValueTask<Outcome<GetLogEventsOutput>> HandleAsync(GetLogEventsInput input, CallContext context, CancellationToken cancel)
    {
        EventPosition? from = null;
        if (input.NextToken is { } token)
        {
            if (!EventPosition.TryParse(token, out var position))
            {
                return new(LogsErrors.InvalidParameterException.With("The specified nextToken is invalid."));
            }

            from = position;
        }

        var group = LogArn.Name(input.LogGroupName, input.LogGroupIdentifier);
        var partition = logs.Of(context);
        if (!partition.Contains(LogsKeyspace.Key(LogsKeyspace.Groups, group)))
        {
            return new(LogTable.NoGroup);
        }

        if (!partition.Contains(LogsKeyspace.Key(LogsKeyspace.Streams, group, input.LogStreamName)))
        {
            return new(LogTable.NoStream);
        }

        var forward = from?.Forward ?? input.StartFromHead == true;
        var events = Read(partition, LogsKeyspace.Key(LogsKeyspace.Events, group, input.LogStreamName), input, from, forward);
        var (first, last) = events.Count > 0
            ? ((events[0].Time, events[0].Number), (events[^1].Time, events[^1].Number))
            : ((from?.Time ?? 0, from?.Number ?? 0), (from?.Time ?? 0, from?.Number ?? 0));
        return new(new GetLogEventsOutput
        {
            Events = [.. events.Select(item => item.Event)],
            NextForwardToken = new EventPosition(true, last.Item1, last.Item2).Token,
            NextBackwardToken = new EventPosition(false, first.Item1, first.Item2).Token,
        });
    }

    private static List<(long Time, long Number, OutputLogEvent Event)> Read(
        IPartition partition, byte[] prefix, GetLogEventsInput input, EventPosition? from, bool forward)
    {
        // The start is included, the end is not.
        var range = KeyRange.Prefix(prefix);
        range = input.StartTime is { } start ? range.From(LogsKeyspace.Event(prefix, start, 0)) : range;
        range = input.EndTime is { } end ? range.Before(LogsKeyspace.Event(prefix, end, 0)) : range;
        if (from is { } position)
        {
            var key = LogsKeyspace.Event(prefix, position.Time, position.Number);
            range = forward ? range.After(key) : range.Before(key);
        }

        var events = new List<(long Time, long Number, OutputLogEvent Event)>();
        var bytes = 0;
        foreach (var entry in partition.Scan(range, forward ? ScanOrder.Ascending : ScanOrder.Descending))
        {
            bytes += entry.Value.Length;
            if (events.Count == (input.Limit ?? MaxEvents) || (bytes > MaxBytes && events.Count > 0))
            {
                break;
            }

            var key = new KeyReader(entry.Key[prefix.Length..]);
            var time = key.ReadInt64();
            events.Add((time, key.ReadInt64(), new OutputLogEvent
            {
                Timestamp = time,
                IngestionTime = BinaryPrimitives.ReadInt64BigEndian(entry.Value[1..]),
                Message = Encoding.UTF8.GetString(entry.Value[9..]),
            }));
        }

        if (!forward)
        {
            events.Reverse();
        }

        return events;
    }
}
