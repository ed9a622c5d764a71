using System.Globalization;
using System.Text.Json;
using Haneul.Compute.Environments;
using Haneul.Integration;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Events;
using Haneul.Lambda.Invocations;

namespace Haneul.Lambda.EventSources;

/// <summary>
/// Hands a batch to its function until it is done: again after a failure, in halves or from the record that failed if the mapping says so.
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html"/>
/// </summary>
internal sealed class BatchDelivery(MappingWorker worker, string shard)
{
    public const int MaxPayload = Invoke.MaxPayload;

    private const string Head = "{\"Records\":[";

    // A stream keeps its records for a day.
    private const int StreamSeconds = 24 * 60 * 60;
    private static readonly TimeSpan s_maxDelay = TimeSpan.FromMinutes(1);

    private readonly MappingRecord _mapping = worker.Mapping;

    /// <summary>Cuts records into batches of a number and of the size that an invocation takes.</summary>
    public static IEnumerable<ArraySegment<StreamedRecord>> Slice(List<StreamedRecord> records, int max)
    {
        StreamedRecord[] all = [.. records];
        var start = 0;
        long bytes = Head.Length + 2;
        for (var i = 0; i < all.Length; i++)
        {
            var length = all[i].Event.Length + 1;
            if (i > start && (i - start == max || bytes + length > MaxPayload))
            {
                yield return new(all, start, i - start);
                (start, bytes) = (i, Head.Length + 2);
            }

            bytes += length;
        }

        yield return new(all, start, all.Length - start);
    }

    /// <summary>Delivers a batch.</summary>
    /// <param name="records">In order.</param>
    /// <param name="done">Told the last record of each part that is done, in order.</param>
    /// <param name="cancel">Ends waits; a function that runs is waited for.</param>
    public async Task DeliverAsync(ArraySegment<StreamedRecord> records, Func<string, ValueTask> done, CancellationToken cancel)
    {
        var open = new Stack<Part>([new Part(records, Attempts: 0, Delays: 0)]);
        while (open.TryPop(out var part))
        {
            cancel.ThrowIfCancellationRequested();
            if (Expired(part.Records) is > 0 and var expired)
            {
                await GiveUpAsync(part with { Records = part.Records[..expired] }, "RecordAgeExceeded", requestId: null, result: null);
                await done(part.Records[expired - 1].SequenceNumber);
                PushRest(open, part, expired);
                continue;
            }

            var requestId = worker.Services.Ids.NewUuid();
            var outcome = await InvokeAsync(part.Records, requestId);
            if (!outcome.Succeeded)
            {
                // It has not reached the function: no try of the batch's.
                await TellAsync(MappingWorker.Problem);
                await WaitAsync(part.Delays, cancel);
                open.Push(part with { Delays = part.Delays + 1 });
                continue;
            }

            if (FirstFailure(outcome.Value.Result, part.Records) is not { } failed)
            {
                await done(part.Records[^1].SequenceNumber);
                await TellAsync("OK");
                continue;
            }

            // Who is told to stop leaves the batch to who comes next.
            cancel.ThrowIfCancellationRequested();
            await TellAsync(MappingWorker.Problem);
            if (failed > 0)
            {
                await done(part.Records[failed - 1].SequenceNumber);
            }

            await RetryAsync(open, part with { Attempts = part.Attempts + 1 }, failed, requestId, outcome.Value, done, cancel);
        }
    }

    private async Task RetryAsync(
        Stack<Part> open, Part part, int failed, string requestId, Dispatched result, Func<string, ValueTask> done,
        CancellationToken cancel)
    {
        // Cutting a batch in two is no try.
        if (_mapping.Bisect && failed == 0 && part.Records.Count > 1)
        {
            var half = part.Records.Count / 2;
            PushRest(open, part with { Attempts = part.Attempts - 1 }, half);
            open.Push(part with { Attempts = part.Attempts - 1, Records = part.Records[..half] });
            return;
        }

        if (_mapping.MaxRetries >= 0 && part.Attempts > _mapping.MaxRetries)
        {
            await GiveUpAsync(part with { Records = part.Records[failed..] }, "RetryAttemptsExhausted", requestId, result);
            await done(part.Records[^1].SequenceNumber);
            return;
        }

        if (failed == 0)
        {
            await WaitAsync(part.Attempts - 1, cancel);
        }

        PushRest(open, part, failed);
    }

    private static void PushRest(Stack<Part> open, Part part, int from)
    {
        if (from < part.Records.Count)
        {
            open.Push(part with { Records = part.Records[from..] });
        }
    }

    private int Expired(ArraySegment<StreamedRecord> records)
    {
        var oldest = worker.Services.Time.GetUtcNow().AddSeconds(-(_mapping.MaxAgeSeconds < 0 ? StreamSeconds : _mapping.MaxAgeSeconds));
        return records.TakeWhile(record => record.Created < oldest).Count();
    }

    private async Task<Outcome<Dispatched>> InvokeAsync(ArraySegment<StreamedRecord> records, string requestId)
    {
        var services = worker.Services;
        var routed = services.Dispatcher.Route(worker.Function);
        if (!routed.Succeeded)
        {
            return routed.Error;
        }

        var invocation = new Invocation(requestId, Payload(records))
        {
            InvokedArn = worker.Function.QualifiedArn, TraceId = services.Dispatcher.NewTraceId(services.Time.GetUtcNow()),
        };
        return await services.Dispatcher.RunAsync(worker.Function, routed.Value, invocation, services.Roles.Context(worker.Function));
    }

    private static byte[] Payload(ArraySegment<StreamedRecord> records)
    {
        using var json = new MemoryStream();
        json.Write("{\"Records\":["u8);
        for (var i = 0; i < records.Count; i++)
        {
            if (i > 0)
            {
                json.WriteByte((byte)',');
            }

            json.Write(records[i].Event.Span);
        }

        json.Write("]}"u8);
        return json.ToArray();
    }

    // The first record that is not done; null if all are. A report that names what is not in the batch is a failure of all of it.
    private int? FirstFailure(InvocationResult result, ArraySegment<StreamedRecord> records)
    {
        if (result.FunctionError is not null)
        {
            return 0;
        }

        return _mapping.ReportsFailures ? BatchReport.FirstFailure(result.Payload, records) : null;
    }

    private ValueTask TellAsync(string result) => MappingTable.SettleAsync(worker.Partition, _mapping.Id, shard, checkpoint: null, result);

    private Task WaitAsync(int tries, CancellationToken cancel) => Task.Delay(
        TimeSpan.FromSeconds(Math.Min(s_maxDelay.TotalSeconds, Math.Pow(2, Math.Min(tries, 10)))), worker.Services.Time, cancel);

    private async Task GiveUpAsync(Part part, string condition, string? requestId, Dispatched? result)
    {
        var found = worker.Services.Dispatcher.Route(worker.Function);
        if (_mapping.OnFailure is { } destination && found.Succeeded)
        {
            var payload = Describe(part, condition, requestId ?? worker.Services.Ids.NewUuid(), result);
            await worker.Services.Destinations.SendAsync(worker.Function, found.Value.Role, destination, payload);
        }
    }

    private byte[] Describe(Part part, string condition, string requestId, Dispatched? result)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            EventDestinations.WriteRequest(json, requestId, worker.Function.QualifiedArn, condition, part.Attempts);
            if (result is not null)
            {
                EventDestinations.WriteResponse(json, result);
            }

            json.WriteString("version", "1.0");
            json.WriteString("timestamp", Text(worker.Services.Time.GetUtcNow(), EventDestinations.TimeFormat));
            json.WriteStartObject("DDBStreamBatchInfo");
            json.WriteString("shardId", shard);
            json.WriteString("startSequenceNumber", part.Records[0].SequenceNumber);
            json.WriteString("endSequenceNumber", part.Records[^1].SequenceNumber);
            json.WriteString("approximateArrivalOfFirstRecord", Text(part.Records[0].Created, "yyyy-MM-dd'T'HH:mm:ss'Z'"));
            json.WriteString("approximateArrivalOfLastRecord", Text(part.Records[^1].Created, "yyyy-MM-dd'T'HH:mm:ss'Z'"));
            json.WriteNumber("batchSize", part.Records.Count);
            json.WriteString("streamArn", _mapping.EventSourceArn);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static string Text(DateTimeOffset time, string format) => time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);

    private sealed record Part(ArraySegment<StreamedRecord> Records, int Attempts, int Delays);
}
