using Haneul.DynamoDb.Streams.Contracts;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Described = Haneul.DynamoDb.Streams.Contracts.StreamRecord;

namespace Haneul.DynamoDb.Streams;

/// <summary>
/// Reads changes, up to 1000 or 1 MB of them.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html"/>
/// </summary>
internal sealed class GetRecords(StreamTable streams, ReadThrottle throttle) : IHandler<GetRecordsInput, GetRecordsOutput>
{
    private const int MaxRecords = 1000;
    private const int MaxBytes = 1024 * 1024;

    public async ValueTask<Outcome<GetRecordsOutput>> HandleAsync(GetRecordsInput input, CallContext context, CancellationToken cancel)
    {
        // 1. The iterator: whole, young enough, of a shard that is there, and not behind what is kept.
        DynamoErrors.ThrowIf(!ShardIterator.TryParse(input.ShardIterator, out var iterator), "Invalid ShardIterator");
        DynamoErrors.ThrowIfAbove(input.Limit, MaxRecords);
        if (streams.Find(context, iterator.StreamArn) is not { } stream)
        {
            return StreamTable.NotFound(iterator.StreamArn);
        }

        if (iterator.Made + ShardIterator.Life < streams.Now)
        {
            return DynamoDbStreamsErrors.ExpiredIteratorException.With(
                $"Iterator expired. The iterator was created at time {iterator.Made:R} while right now it is {streams.Now:R} "
                + "which is further in the future than the tolerated delay of 900000 milliseconds");
        }

        if (stream.State.Find(iterator.ShardId) is not { } shard || (iterator.Strict && iterator.After + 1 < streams.Horizon))
        {
            return StreamTable.Trimmed(iterator.After);
        }

        if (!throttle.TryRead(iterator.StreamArn, iterator.ShardId))
        {
            return DynamoDbStreamsErrors.LimitExceededException.With($"Rate exceeded for shard {iterator.ShardId} in stream {iterator.StreamArn}");
        }

        // 2. Records up to the last number that is surely written.
        var head = await StreamTable.HeadAsync(stream, shard);
        var limit = input.Limit ?? MaxRecords;
        var records = new List<Record>();
        var full = false;
        var bytes = 0L;
        var after = iterator.After;
        using (var source = streams.Read(stream, shard, after, head, limit))
        {
            while (!full && source.MoveNext())
            {
                var record = Describe(stream.State, context.Region, source.Key, source.Value, out after);
                records.Add(record);
                bytes += record.Dynamodb!.SizeBytes!.Value;
                full = records.Count == limit || bytes >= MaxBytes;
            }
        }

        // 3. A closed shard that is read to its end has no next place.
        var ended = !full && shard.End is not null;
        var next = iterator with { After = full ? after : Math.Max(after, head), Strict = full, Made = streams.Now };
        return new GetRecordsOutput { Records = records, NextShardIterator = ended ? null : next.ToString() };
    }

    private static Record Describe(StreamState stream, Region region, ReadOnlySpan<byte> key, ReadOnlySpan<byte> stored, out ulong sequence)
    {
        sequence = DynamoDbKeyspace.NumberOf(key);
        var record = StreamRecord.Read(stored);
        var size = ItemSize.OfMap(record.Keys)
            + (record.New.IsEmpty ? 0 : ItemSize.OfMap(record.New))
            + (record.Old.IsEmpty ? 0 : ItemSize.OfMap(record.Old));
        return new Record
        {
            EventID = StreamTable.EventId(stream.TableId, sequence),
            EventName = record.Event,
            EventVersion = "1.1",
            EventSource = "aws:dynamodb",
            AwsRegion = region.Name,
            Dynamodb = new Described
            {
                // Whole seconds, as AWS tells.
                ApproximateCreationDateTime = DateTimeOffset.FromUnixTimeSeconds((long)(sequence / 1_000_000)),
                Keys = Map(record.Keys),
                NewImage = Map(record.New),
                OldImage = Map(record.Old),
                SequenceNumber = StreamTable.Text(sequence),
                SizeBytes = size,
                StreamViewType = stream.View,
            },
            UserIdentity = record.IsExpiry ? new Identity { PrincipalId = "dynamodb.amazonaws.com", Type = "Service" } : null,
        };
    }

    private static AttributeMap? Map(ReadOnlySpan<byte> payload) => payload.IsEmpty ? null : new AttributeMap(payload.ToArray());
}
