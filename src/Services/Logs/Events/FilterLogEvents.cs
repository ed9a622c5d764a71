using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Logs.Contracts;
using Haneul.Logs.Filters;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.Logs.Events;

/// <summary>
/// Searches a group's streams, in order of time across them.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html"/>
/// </summary>
internal sealed class FilterLogEvents(LogTable logs) : IHandler<FilterLogEventsInput, FilterLogEventsOutput>
{
    private const int MaxEvents = 10_000;
    private const int MaxBytes = 1_048_576;

    // A search that finds little still answers in time: it goes on with the next page.
    private const int MaxLooked = 200_000;

    public ValueTask<Outcome<FilterLogEventsOutput>> HandleAsync(FilterLogEventsInput input, CallContext context, CancellationToken cancel)
    {
        if (input is { LogStreamNames: not null, LogStreamNamePrefix: not null })
        {
            return new(LogsErrors.InvalidParameterException.With("Log stream names and log stream name prefix are mutually exclusive parameters."));
        }

        if (input.Unmask == true)
        {
            return new(LogsErrors.InvalidParameterException.With("Haneul does not support unmask of FilterLogEvents yet."));
        }

        FilterPattern pattern;
        try
        {
            pattern = FilterPattern.Parse(input.FilterPattern);
        }
        catch (FormatException exception)
        {
            return new(LogsErrors.InvalidParameterException.With("Invalid filter pattern: " + exception.Message));
        }

        SearchPosition? from = null;
        if (input.NextToken is { } token && (from = SearchPosition.TryParse(token)) is null)
        {
            return new(LogsErrors.InvalidParameterException.With("The specified nextToken is invalid."));
        }

        var group = LogArn.Name(input.LogGroupName, input.LogGroupIdentifier);
        using var snapshot = logs.Of(context).Snapshot();
        if (!snapshot.Contains(LogsKeyspace.Key(LogsKeyspace.Groups, group)))
        {
            return new(LogTable.NoGroup);
        }

        var streams = Streams(snapshot, group, input);
        return streams is null ? new(LogTable.NoStream) : new(Search(snapshot, group, streams, pattern, input, from));
    }

    private static List<string>? Streams(IPartitionReader reader, string group, FilterLogEventsInput input)
    {
        if (input.LogStreamNames is { Count: > 0 } names)
        {
            return names.All(name => reader.Contains(LogsKeyspace.Key(LogsKeyspace.Streams, group, name))) ? [.. names.Distinct()] : null;
        }

        var streams = new List<string>();
        foreach (var entry in reader.Scan(KeyRange.Prefix(LogsKeyspace.Key(LogsKeyspace.Streams, group))))
        {
            var key = new KeyReader(entry.Key);
            key.ReadByte();
            key.SkipBytes();
            var name = key.ReadText();
            if (name.StartsWith(input.LogStreamNamePrefix ?? "", StringComparison.Ordinal))
            {
                streams.Add(name);
            }
        }

        return streams;
    }

    private static FilterLogEventsOutput Search(
        IPartitionReader reader, string group, List<string> streams, FilterPattern pattern, FilterLogEventsInput input, SearchPosition? from)
    {
        // A cursor for each stream; the earliest of their events is next.
        var queue = new PriorityQueue<StreamCursor, SearchPosition>();
        var cursors = new List<StreamCursor>();
        var events = new List<FilteredLogEvent>();
        try
        {
            foreach (var stream in streams)
            {
                var cursor = new StreamCursor(reader, group, stream, input.StartTime, input.EndTime, from);
                cursors.Add(cursor);
                if (cursor.MoveNext())
                {
                    queue.Enqueue(cursor, cursor.Position);
                }
            }

            SearchPosition? last = null;
            var bytes = 0;
            for (var looked = 0; queue.TryDequeue(out var cursor, out var position); looked++)
            {
                if (events.Count == (input.Limit ?? MaxEvents) || bytes > MaxBytes || looked == MaxLooked)
                {
                    return Page(events, last);
                }

                if (cursor.Message is var message && pattern.Matches(message))
                {
                    bytes += message.Length;
                    events.Add(new FilteredLogEvent
                    {
                        LogStreamName = position.Stream,
                        Timestamp = position.Time,
                        Message = message,
                        IngestionTime = cursor.Ingested,
                        EventId = position.EventId,
                    });
                }

                last = position;
                if (cursor.MoveNext())
                {
                    queue.Enqueue(cursor, cursor.Position);
                }
            }

            return Page(events, null);
        }
        finally
        {
            cursors.ForEach(cursor => cursor.Dispose());
        }
    }

    private static FilterLogEventsOutput Page(List<FilteredLogEvent> events, SearchPosition? next) =>
        new() { Events = events, SearchedLogStreams = [], NextToken = next?.Token };

    /// <summary>The events of one stream that a search may still find.</summary>
    private sealed class StreamCursor : IDisposable
    {
        private readonly Cursor _cursor;
        private readonly int _prefix;
        private readonly string _stream;

        public StreamCursor(IPartitionReader reader, string group, string stream, long? start, long? end, SearchPosition? from)
        {
            var prefix = LogsKeyspace.Key(LogsKeyspace.Events, group, stream);
            _prefix = prefix.Length;
            _stream = stream;
            var range = KeyRange.Prefix(prefix);
            if (from is { } position)
            {
                // Of events at the same time, those of streams before this one have been seen, and those up to the number in it.
                var order = string.CompareOrdinal(stream, position.Stream);
                range = order < 0 ? range.From(LogsKeyspace.Event(prefix, position.Time + 1, 0))
                    : order > 0 ? range.From(LogsKeyspace.Event(prefix, position.Time, 0))
                    : range.After(LogsKeyspace.Event(prefix, position.Time, position.Number));
            }
            else if (start is { } first)
            {
                range = range.From(LogsKeyspace.Event(prefix, first, 0));
            }

            _cursor = reader.Scan(end is { } last ? range.Before(LogsKeyspace.Event(prefix, last, 0)) : range);
        }

        public SearchPosition Position { get; private set; }

        public string Message => Encoding.UTF8.GetString(_cursor.Value[9..]);

        public long Ingested => BinaryPrimitives.ReadInt64BigEndian(_cursor.Value[1..]);

        public bool MoveNext()
        {
            if (!_cursor.MoveNext())
            {
                return false;
            }

            var key = new KeyReader(_cursor.Key[_prefix..]);
            Position = new SearchPosition(key.ReadInt64(), _stream, key.ReadInt64());
            return true;
        }

        public void Dispose() => _cursor.Dispose();
    }
}

/// <summary>A place in a search: by time, then by stream, then by the event's number in it.</summary>
internal readonly record struct SearchPosition(long Time, string Stream, long Number) : IComparable<SearchPosition>
{
    public string Token =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Time}/{Number}/{Stream}")));

    /// <summary>56 digits that no other event of the group has, but for a collision of 20 digits of hash.</summary>
    public string EventId
    {
        get
        {
            var hash = System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Stream));
            return string.Create(CultureInfo.InvariantCulture, $"{Time:D20}{Number:D16}{BinaryPrimitives.ReadUInt64BigEndian(hash):D20}");
        }
    }

    public static SearchPosition? TryParse(string token)
    {
        Span<byte> bytes = stackalloc byte[2048];
        if (token.Length > 2700 || !Convert.TryFromBase64String(token, bytes, out var length))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(bytes[..length]).Split('/', 3);
        return parts.Length == 3 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new SearchPosition(time, parts[2], number)
            : null;
    }

    public int CompareTo(SearchPosition other) =>
        Time != other.Time ? Time.CompareTo(other.Time)
        : string.CompareOrdinal(Stream, other.Stream) is var order && order != 0 ? order
        : Number.CompareTo(other.Number);
}
