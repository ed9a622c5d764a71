using Haneul.Compute.Environments;
using Haneul.Lambda.Functions;
using Haneul.Storage;

namespace Haneul.Lambda.Events;

/// <summary>Keeps events until their function has taken them.</summary>
internal sealed class EventQueue(FunctionTable functions, TimeProvider time)
{
    /// <summary>Pulsed when there may be something to do.</summary>
    public Signal Arrivals { get; } = new();

    public async ValueTask AddAsync(FunctionReference reference, Invocation invocation)
    {
        var now = time.GetUtcNow();
        var record = new EventRecord
        {
            Function = reference.Name,
            Qualifier = reference.Qualifier,
            RequestId = invocation.RequestId,
            Payload = invocation.Payload.ToArray(),
            ClientContext = invocation.ClientContext,
            TraceId = invocation.TraceId,
            Accepted = now,
        };
        var batch = new Batch();
        batch.Put(EventRecord.Key(now, record.RequestId), Stored.Encode(record, RecordJson.Default.EventRecord));
        await functions.Of(reference).CommitAsync(batch);
        Arrivals.Pulse();
    }

    /// <summary>Puts an event off, or forgets it if it is not due again.</summary>
    public async ValueTask SettleAsync(IPartition partition, byte[] key, EventRecord record, DateTimeOffset? due)
    {
        var batch = new Batch();
        batch.Delete(key);
        if (due is { } again)
        {
            batch.Put(EventRecord.Key(again, record.RequestId), Stored.Encode(record, RecordJson.Default.EventRecord));
        }

        await partition.CommitAsync(batch);
        Arrivals.Pulse();
    }
}
