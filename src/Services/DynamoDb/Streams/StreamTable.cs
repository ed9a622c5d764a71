using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Haneul.DynamoDb.Reads;
using Haneul.DynamoDb.Streams.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.DynamoDb.Streams;

/// <summary>
/// Finds streams and reads them. A table's stream is one shard over all of its partitions, in the order of the changes' numbers.
/// </summary>
internal sealed class StreamTable(TableStore tables)
{
    /// <summary>How long an iterator can be used.</summary>
    public static readonly TimeSpan IteratorLife = TimeSpan.FromMinutes(15);

    public TableStore Tables => tables;

    public DateTimeOffset Now => tables.Now;

    public static string Arn(Table table) => $"{table.Arn}/stream/{table.Record.Stream!.Label}";

    public static ServiceError NotFound(string arn) =>
        DynamoDbStreamsErrors.ResourceNotFoundException.With($"Requested resource not found: Stream: {arn} not found");

    /// <summary>The table whose stream has this ARN, or null.</summary>
    public Table? Find(CallContext context, string arn)
    {
        var table = TableArn.TryParse(arn, out _, out _, out _) ? tables.Find(context, arn) : null;
        return table?.Record.Stream is not null && Arn(table) == arn ? table : null;
    }

    /// <summary>The name of the one shard.</summary>
    public static string ShardId(Table table) => string.Create(
        CultureInfo.InvariantCulture, $"shardId-{First(table) / 1000:D20}-{table.Record.Id[..8]}");

    /// <summary>A number that no record of the stream is below: the time it was turned on.</summary>
    public static ulong First(Table table) => (ulong)(DateTimeOffset.Parse(
        table.Record.Stream!.Label, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static string Text(ulong sequence) => sequence.ToString("D21", CultureInfo.InvariantCulture);

    /// <summary>
    /// The last number given so far. With all partitions held still nobody is between taking a number and writing its record: every record
    /// up to this one can be read, and later ones have larger numbers.
    /// </summary>
    public ValueTask<ulong> HeadAsync(Table table) => tables.Store.Transactions.UpdateAsync(
        [.. table.Partitions.Select(partition => partition.Id)], table, static (_, table) => table.Sequence.Last);

    /// <summary>Reads the records above one number and not above another.</summary>
    public EntrySource Read(Table table, ulong after, ulong upTo, int limit)
    {
        var lower = DynamoDbKeyspace.StreamRecord(Math.Max(after + 1, StreamTrim.Horizon(Now)));
        var upper = DynamoDbKeyspace.StreamRecord(upTo + 1);
        return EntrySource.Merge(
            [.. table.Partitions.Select(partition => partition.Scan(KeyRange.All.From(lower).Before(upper), limit: limit))], ScanOrder.Ascending);
    }

    /// <param name="arn">The stream.</param>
    /// <param name="after">The number behind which reading goes on.</param>
    public string Iterator(string arn, ulong after)
    {
        Span<byte> token = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(token, after);
        BinaryPrimitives.WriteInt64BigEndian(token[8..], Now.UtcTicks);
        return $"{arn}|1|{Convert.ToBase64String(token)}";
    }

    public static bool TryParseIterator(string iterator, out string arn, out ulong after, out DateTimeOffset made)
    {
        var parts = iterator.Split('|');
        arn = parts[0];
        after = 0;
        made = default;
        Span<byte> token = stackalloc byte[16];
        if (parts.Length != 3 || !Convert.TryFromBase64String(parts[2], token, out var length) || length != 16)
        {
            return false;
        }

        after = BinaryPrimitives.ReadUInt64BigEndian(token);
        var ticks = BinaryPrimitives.ReadInt64BigEndian(token[8..]);
        if (ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks || after >= ulong.MaxValue - 1)
        {
            return false;
        }

        made = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    /// <summary>An id that is the same whenever the record is read.</summary>
    public static string EventId(Table table, ulong sequence) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
        Encoding.UTF8.GetBytes(table.Record.Id + Text(sequence))).AsSpan(0, 16));
}
