using Haneul.DynamoDb.Streams.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage.Keys;
using Described = Haneul.DynamoDb.Streams.Contracts.StreamRecord;

namespace Haneul.DynamoDb.Streams;

/// <summary>
/// Reads changes, up to 1000 or 1 MB of them.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html"/>
/// </summary>
internal sealed class GetRecords(StreamTable streams) : IHandler<GetRecordsInput, GetRecordsOutput>
{
    private const int MaxRecords = 1000;
    private const int MaxBytes = 1024 * 1024;

    public async ValueTask<Outcome<GetRecordsOutput>> HandleAsync(GetRecordsInput input, CallContext context, CancellationToken cancel)
    {
        DynamoErrors.ThrowIf(
            !StreamTable.TryParseIterator(input.ShardIterator, out var arn, out var after, out var made), "Invalid ShardIterator");
        if (streams.Find(context, arn) is not { } table)
        {
            return StreamTable.NotFound(arn);
        }

        if (made + StreamTable.IteratorLife < streams.Now)
        {
            return DynamoDbStreamsErrors.ExpiredIteratorException.With(
                $"Iterator expired. The iterator was created at time {made:R} while right now it is {streams.Now:R} "
                + "which is further in the future than the tolerated delay of 900000 milliseconds");
        }

        var head = await streams.HeadAsync(table);
        var limit = input.Limit ?? MaxRecords;
        var records = new List<Record>();
        var full = false;
        var bytes = 0L;
        using (var source = streams.Read(table, after, head, limit))
        {
            while (!full && source.MoveNext())
            {
                var record = Describe(table, context, source.Key, source.Value, out after);
                records.Add(record);
                bytes += record.Dynamodb!.SizeBytes!.Value;
                full = records.Count == limit || bytes >= MaxBytes;
            }
        }

        after = full ? after : Math.Max(after, head);
        var ended = !full && table.Record.Stream is { Enabled: false };
        return new GetRecordsOutput { Records = records, NextShardIterator = ended ? null : streams.Iterator(arn, after) };
    }

    private static Record Describe(Table table, CallContext context, ReadOnlySpan<byte> key, ReadOnlySpan<byte> stored, out ulong sequence)
    {
        var reader = new KeyReader(key);
        reader.ReadByte();
        sequence = reader.ReadUInt64();
        var record = StreamRecord.Read(stored);
        var size = ItemSize.OfMap(record.Keys)
            + (record.New.IsEmpty ? 0 : ItemSize.OfMap(record.New))
            + (record.Old.IsEmpty ? 0 : ItemSize.OfMap(record.Old));
        return new Record
        {
            EventID = StreamTable.EventId(table, sequence),
            EventName = record.Event,
            EventVersion = "1.1",
            EventSource = "aws:dynamodb",
            AwsRegion = context.Region.Name,
            Dynamodb = new Described
            {
                // Whole seconds, as AWS tells.
                ApproximateCreationDateTime = DateTimeOffset.FromUnixTimeSeconds((long)(sequence / 1_000_000)),
                Keys = Map(record.Keys),
                NewImage = Map(record.New),
                OldImage = Map(record.Old),
                SequenceNumber = StreamTable.Text(sequence),
                SizeBytes = size,
                StreamViewType = table.Record.Stream!.View,
            },
            UserIdentity = record.IsExpiry ? new Identity { PrincipalId = "dynamodb.amazonaws.com", Type = "Service" } : null,
        };
    }

    private static AttributeMap? Map(ReadOnlySpan<byte> payload) => payload.IsEmpty ? null : new AttributeMap(payload.ToArray());
}
