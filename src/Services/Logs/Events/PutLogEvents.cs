using System.Buffers.Binary;
using System.Text;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Logs.Contracts;
using Haneul.Logs.Streams;
using Haneul.Storage;

namespace Haneul.Logs.Events;

/// <summary>
/// Takes a batch of events: in order of time, within a day, at most 1 MB with 26 bytes counted for each. Events older than 14 days or more than two
/// hours ahead are left out and reported. <see href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html"/>
/// </summary>
internal sealed class PutLogEvents(LogTable logs, LogFeed feed) : IHandler<PutLogEventsInput, PutLogEventsOutput>
{
    public const int MaxBatch = 1_048_576;

    /// <summary>Bytes of one event's text.</summary>
    public const int MaxMessage = 1_048_576 - Overhead;
    private const int Overhead = 26;

    /// <summary>Between the first and the last event of a batch, in milliseconds.</summary>
    public static long MaxSpan { get; } = (long)TimeSpan.FromHours(24).TotalMilliseconds;

    private static readonly long s_maxAge = (long)TimeSpan.FromDays(14).TotalMilliseconds;
    private static readonly long s_maxAhead = (long)TimeSpan.FromHours(2).TotalMilliseconds;

    public async ValueTask<Outcome<PutLogEventsOutput>> HandleAsync(PutLogEventsInput input, CallContext context, CancellationToken cancel)
    {
        if (Check(input.LogEvents) is { } error)
        {
            return error;
        }

        var accepted = new List<FedEvent>(input.LogEvents.Count);
        var outcome = await logs.Of(context).UpdateAsync(
            (input, context, accepted), static (current, batch, state) => Put(current, batch, state.input, state.context, state.accepted));
        if (outcome.Succeeded && accepted.Count > 0)
        {
            await feed.RunAsync(input.LogGroupName, input.LogStreamName, accepted, context, cancel);
        }

        return outcome;
    }

    private static Outcome<PutLogEventsOutput> Put(
        IPartitionReader current, Batch batch, PutLogEventsInput input, CallContext context, List<FedEvent> accepted)
    {
        // A decision may run again.
        accepted.Clear();
        if (!current.Contains(LogsKeyspace.Key(LogsKeyspace.Groups, input.LogGroupName)))
        {
            return LogTable.NoGroup;
        }

        var streamKey = LogsKeyspace.Key(LogsKeyspace.Streams, input.LogGroupName, input.LogStreamName);
        if (current.GetBytes(streamKey) is not { } stored)
        {
            return LogTable.NoStream;
        }

        var stream = StreamRecord.Decode(stored);
        var now = context.Time.ToUnixTimeMilliseconds();
        var prefix = LogsKeyspace.Key(LogsKeyspace.Events, input.LogGroupName, input.LogStreamName);
        int? tooOld = null, tooNew = null;
        for (var i = 0; i < input.LogEvents.Count; i++)
        {
            var time = input.LogEvents[i].Timestamp!.Value;
            if (time < now - s_maxAge)
            {
                tooOld = i + 1; // the index behind the last one
                continue;
            }

            if (time > now + s_maxAhead)
            {
                tooNew = i;
                break;
            }

            batch.Put(LogsKeyspace.Event(prefix, time, stream.Events), Encode(now, input.LogEvents[i].Message));
            accepted.Add(new FedEvent(time, stream.Events, input.LogEvents[i].Message));
            stream = stream with
            {
                First = Math.Min(stream.First ?? time, time),
                Last = Math.Max(stream.Last ?? time, time),
                LastIngestion = now,
                Events = stream.Events + 1,
            };
        }

        batch.Put(streamKey, stream.Encode());
        return new PutLogEventsOutput
        {
            NextSequenceToken = DescribeLogStreams.PutToken(stream.Events),
            RejectedLogEventsInfo = tooOld is null && tooNew is null
                ? null
                : new RejectedLogEventsInfo { TooOldLogEventEndIndex = tooOld, TooNewLogEventStartIndex = tooNew },
        };
    }

    private static ServiceError? Check(IReadOnlyList<InputLogEvent> events)
    {
        long size = 0;
        for (var i = 0; i < events.Count; i++)
        {
            size += SizeOf(events[i].Message);
            if (i > 0 && events[i].Timestamp < events[i - 1].Timestamp)
            {
                return LogsErrors.InvalidParameterException.With("Log events in a single PutLogEvents request must be in chronological order.");
            }
        }

        if (size > MaxBatch)
        {
            return LogsErrors.InvalidParameterException.With($"Upload too large: {size} bytes exceeds limit of {MaxBatch}");
        }

        return events.Count > 0 && events[^1].Timestamp - events[0].Timestamp > MaxSpan
            ? LogsErrors.InvalidParameterException.With("The batch of log events in a single PutLogEvents request cannot span more than 24 hours.")
            : null;
    }

    /// <summary>What an event counts for in a batch, in bytes.</summary>
    public static int SizeOf(string message) => Encoding.UTF8.GetByteCount(message) + Overhead;

    private static byte[] Encode(long ingestion, string message)
    {
        var bytes = new byte[9 + Encoding.UTF8.GetByteCount(message)];
        bytes[0] = 1;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), ingestion);
        Encoding.UTF8.GetBytes(message, bytes.AsSpan(9));
        return bytes;
    }
}
