using System.Text;
using Haneul.Integration;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Logs.Contracts;
using Haneul.Logs.Events;

namespace Haneul.Logs.Integration;

/// <summary>
/// Writes other services' lines by calling <c>PutLogEvents</c> as the writer, and <c>CreateLogStream</c> and <c>CreateLogGroup</c> where they are
/// missing: a role that may not make a group writes to none, as on AWS.
/// </summary>
internal sealed class LogSink(IOperationInvoker operations) : ILogSink
{
    public async ValueTask<Outcome<Unit>> WriteAsync(
        string group, string stream, IReadOnlyList<LogLine> lines, CallContext writer, CancellationToken cancel)
    {
        foreach (var batch in Batches(lines))
        {
            var input = new PutLogEventsInput { LogGroupName = group, LogStreamName = stream, LogEvents = batch };
            var put = await operations.InvokeAsync(LogsOperations.PutLogEvents, input, writer, cancel);
            if (IsMissing(put.Error))
            {
                if (await CreateAsync(group, stream, writer, cancel) is { } refused)
                {
                    return refused;
                }

                put = await operations.InvokeAsync(LogsOperations.PutLogEvents, input, writer, cancel);
            }

            if (!put.Succeeded)
            {
                return put.Error;
            }
        }

        return Unit.Value;
    }

    private async ValueTask<ServiceError?> CreateAsync(string group, string stream, CallContext writer, CancellationToken cancel)
    {
        var input = new CreateLogStreamInput { LogGroupName = group, LogStreamName = stream };
        var created = await operations.InvokeAsync(LogsOperations.CreateLogStream, input, writer, cancel);
        if (IsMissing(created.Error))
        {
            var made = await operations.InvokeAsync(LogsOperations.CreateLogGroup, new CreateLogGroupInput { LogGroupName = group }, writer, cancel);
            if (!made.Succeeded && !IsThere(made.Error))
            {
                return made.Error;
            }

            created = await operations.InvokeAsync(LogsOperations.CreateLogStream, input, writer, cancel);
        }

        return created.Succeeded || IsThere(created.Error) ? null : created.Error;
    }

    private static bool IsMissing(ServiceError? error) => error?.Shape.Name == LogsErrors.ResourceNotFoundException.Name;

    private static bool IsThere(ServiceError? error) => error?.Shape.Name == LogsErrors.ResourceAlreadyExistsException.Name;

    // A batch holds at most 10,000 events, 1 MB and a day.
    private static IEnumerable<IReadOnlyList<InputLogEvent>> Batches(IReadOnlyList<LogLine> lines)
    {
        var batch = new List<InputLogEvent>();
        var size = 0;
        foreach (var line in lines)
        {
            foreach (var message in Pieces(line.Message))
            {
                var time = line.Time.ToUnixTimeMilliseconds();
                var bytes = PutLogEvents.SizeOf(message);
                if (batch.Count == 10_000 || size + bytes > PutLogEvents.MaxBatch || (batch.Count > 0 && time - batch[0].Timestamp >= PutLogEvents.MaxSpan))
                {
                    yield return batch;
                    batch = [];
                    size = 0;
                }

                // Lines of one process may be a hair out of order.
                batch.Add(new InputLogEvent { Timestamp = batch.Count > 0 ? Math.Max(time, batch[^1].Timestamp!.Value) : time, Message = message });
                size += bytes;
            }
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    // An event holds at most 1 MB, and never nothing; longer lines go on in the next event.
    private static IEnumerable<string> Pieces(string message)
    {
        if (message.Length == 0)
        {
            yield return " ";
        }

        for (var start = 0; start < message.Length;)
        {
            var length = message.Length - start;
            if (Encoding.UTF8.GetByteCount(message.AsSpan(start, length)) > PutLogEvents.MaxMessage)
            {
                length = Math.Min(length, PutLogEvents.MaxMessage / 3);
                length -= char.IsHighSurrogate(message[start + length - 1]) ? 1 : 0;
            }

            yield return message.Substring(start, length);
            start += length;
        }
    }
}
