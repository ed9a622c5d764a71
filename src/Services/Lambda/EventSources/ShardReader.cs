using System.Text.Json;
using Haneul.Integration;
using Haneul.Integration.Patterns;

namespace Haneul.Lambda.EventSources;

/// <summary>
/// Reads one shard to its end and hands its records to the function in order. What is done is written down after each batch; who comes
/// again goes on behind it, so a record may be delivered twice and is never left out.
/// </summary>
internal sealed class ShardReader(MappingWorker worker, string shard, RecordPosition? latest)
{
    private const int MaxPage = 1000;
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(1);

    private readonly MappingRecord _mapping = worker.Mapping;
    private readonly IRecordStreams _source = worker.Source();
    private readonly EventPattern[] _patterns = worker.Mapping.Patterns();
    private readonly BatchDelivery _delivery = new(worker, shard);
    private DateTimeOffset? _since;

    // The last record that was read, whether the function wants it or not.
    private string? _last;

    // The last record that is written down as done.
    private string? _settled;

    public async Task RunAsync(CancellationToken cancel)
    {
        // A mapping that begins at LATEST looked there before it was enabled.
        var position = (RecordPosition?)await OpenAsync(cancel);
        position = latest ?? position;
        while (position is not null)
        {
            var records = new List<StreamedRecord>();
            position = await FillAsync(position, records, cancel);
            await DeliverAsync(records, cancel);
            if (_last != _settled || position is null)
            {
                await SettleAsync(_last, finished: position is null);
            }
        }
    }

    // After a restart, the time tells what a mapping that began at LATEST has not seen.
    private async ValueTask<RecordPosition> OpenAsync(CancellationToken cancel)
    {
        var checkpoint = MappingTable.Checkpoint(worker.Partition, _mapping.Id, shard);
        _since = checkpoint?.Since;
        var start = checkpoint?.After is { } after ? RecordStart.Behind(after) : RecordStart.Oldest;
        var reader = await worker.ReaderAsync(cancel);
        var opened = await _source.OpenAsync(_mapping.EventSourceArn, shard, start, reader, cancel);
        if (opened.Error?.Shape.Code.StartsWith("TrimmedDataAccess", StringComparison.Ordinal) == true)
        {
            opened = await _source.OpenAsync(_mapping.EventSourceArn, shard, RecordStart.Oldest, reader, cancel);
        }

        return opened.OrThrow();
    }

    // Reads until there is enough, or until the window is over; returns where to go on.
    private async ValueTask<RecordPosition?> FillAsync(RecordPosition position, List<StreamedRecord> records, CancellationToken cancel)
    {
        var wanted = _mapping.BatchSize * _mapping.Parallel;
        var bytes = 0L;
        var time = worker.Services.Time;
        DateTimeOffset? opened = null;
        var skipped = false;
        for (var next = position; ;)
        {
            var page = await ReadAsync(next, Math.Min(MaxPage, wanted - records.Count), cancel);
            foreach (var record in page.Records)
            {
                _last = record.SequenceNumber;
                if (IsWanted(record))
                {
                    opened ??= time.GetUtcNow();
                    records.Add(record);
                    bytes += record.Event.Length;
                }
                else
                {
                    skipped = true;
                }
            }

            if (page.Next is null || records.Count >= wanted || bytes >= BatchDelivery.MaxPayload * (long)_mapping.Parallel)
            {
                return page.Next;
            }

            next = page.Next;
            if (page.Records.Count > 0)
            {
                continue;
            }

            var left = opened is { } since ? since.AddSeconds(_mapping.WindowSeconds) - time.GetUtcNow() : s_longestWait;
            if (left <= TimeSpan.Zero || (records.Count == 0 && skipped))
            {
                return next;
            }

            await _source.WaitAsync(next, left < s_longestWait ? left : s_longestWait, cancel);
        }
    }

    private async ValueTask<RecordPage> ReadAsync(RecordPosition position, int limit, CancellationToken cancel)
    {
        var page = await _source.ReadAsync(position, limit, await worker.ReaderAsync(cancel), cancel);
        return page.Error?.Shape.Code.StartsWith("ExpiredIterator", StringComparison.Ordinal) == true
            ? (await _source.ReadAsync(await ReopenAsync(cancel), limit, await worker.ReaderAsync(cancel), cancel)).OrThrow()
            : page.OrThrow();
    }

    private async ValueTask<RecordPosition> ReopenAsync(CancellationToken cancel) => _last is null
        ? await OpenAsync(cancel)
        : (await _source.OpenAsync(
            _mapping.EventSourceArn, shard, RecordStart.Behind(_last), await worker.ReaderAsync(cancel), cancel)).OrThrow();

    private bool IsWanted(StreamedRecord record)
    {
        if (record.Created < _since)
        {
            return false;
        }

        if (_patterns.Length == 0)
        {
            return true;
        }

        using var json = JsonDocument.Parse(record.Event);
        return Array.Exists(_patterns, pattern => pattern.Matches(json.RootElement));
    }

    private async Task DeliverAsync(List<StreamedRecord> records, CancellationToken cancel)
    {
        if (records.Count == 0)
        {
            return;
        }

        if (_mapping.Parallel == 1)
        {
            foreach (var batch in BatchDelivery.Slice(records, _mapping.BatchSize))
            {
                await _delivery.DeliverAsync(batch, after => SettleAsync(after, finished: false), cancel);
            }

            return;
        }

        // Records of one key go through one lane, in order; the shard goes on when all lanes are done.
        var lanes = records.GroupBy(record => KeyHash(record) % (uint)_mapping.Parallel);
        await Task.WhenAll(lanes.Select(async lane =>
        {
            foreach (var batch in BatchDelivery.Slice([.. lane], _mapping.BatchSize))
            {
                await _delivery.DeliverAsync(batch, static _ => default, cancel);
            }
        }));
    }

    private static uint KeyHash(StreamedRecord record)
    {
        using var json = JsonDocument.Parse(record.Event);
        var keys = json.RootElement.TryGetProperty("dynamodb"u8, out var change) && change.TryGetProperty("Keys"u8, out var found)
            ? found.GetRawText() : "";
        return (uint)string.GetHashCode(keys, StringComparison.Ordinal);
    }

    private ValueTask SettleAsync(string? after, bool finished)
    {
        _settled = after;
        var checkpoint = new ShardCheckpoint { After = after, Finished = finished };
        return MappingTable.SettleAsync(worker.Partition, _mapping.Id, shard, checkpoint, result: null);
    }
}
