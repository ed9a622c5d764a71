using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Haneul.DynamoDb.Tables;

namespace Haneul.DynamoDb.Streams;

/// <summary>
/// A stream and its shards. The records of a stream are the window of its table's numbers from its first to its last; those of a shard are
/// the part of the window that lies in the shard's partitions. So shards open, roll and split without any writer knowing.
/// </summary>
internal sealed record StreamState
{
    /// <summary>How long records can be read, and a stream after its end.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>How long a shard stays open.</summary>
    public static readonly TimeSpan ShardLife = TimeSpan.FromHours(4);

    private const byte Version = 1;

    public required string TableName { get; init; }

    public required string TableId { get; init; }

    /// <summary>Over how many partitions the table's items are spread.</summary>
    public required int Partitions { get; init; }

    public required string Hash { get; init; }

    public string? Range { get; init; }

    /// <summary>KEYS_ONLY, NEW_IMAGE, OLD_IMAGE or NEW_AND_OLD_IMAGES.</summary>
    public required string View { get; init; }

    public required string Label { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>When it was turned off or its table deleted.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>In the order in which they were opened: parents before children.</summary>
    public required IReadOnlyList<ShardRecord> Shards { get; init; }

    /// <summary>A number that no record is below.</summary>
    [JsonIgnore]
    public ulong Start => Shards.Count == 0 ? 0 : Shards.Min(shard => shard.Start);

    /// <summary>A table's stream as it begins: one shard over all partitions.</summary>
    public static StreamState Begin(TableRecord table)
    {
        var stream = table.Stream!;
        var start = stream.Start > 0 ? stream.Start : StreamSequence.NumberOf(table.Created);
        return new StreamState
        {
            TableName = table.Name,
            TableId = table.Id,
            Partitions = table.Partitions,
            Hash = table.Hash,
            Range = table.Range,
            View = stream.View,
            Label = stream.Label,
            Created = stream.Since,
            Shards = [ShardRecord.Open(table.Id, parent: null, 0, table.Partitions, start, stream.Since)],
        };
    }

    public ShardRecord? Find(string shard) => Shards.FirstOrDefault(candidate => candidate.Id == shard);

    /// <summary>Replaces shards that have been open for long enough, and all in two if the table needs more of them.</summary>
    /// <param name="number">A number above all that were given: shards end with it, their children begin behind it.</param>
    /// <param name="now">The time.</param>
    /// <param name="wanted">How many open shards the table needs.</param>
    public StreamState Roll(ulong number, DateTimeOffset now, int wanted)
    {
        var split = Shards.Count(shard => shard.IsOpen) < wanted;
        var shards = new List<ShardRecord>(Shards.Count + 8);
        var children = new List<ShardRecord>();
        foreach (var shard in Shards)
        {
            var halves = split && shard.IsOpen && shard.Count > 1 ? 2 : 1;
            if (!shard.IsOpen || (halves == 1 && !shard.IsDue(now)))
            {
                shards.Add(shard);
                continue;
            }

            shards.Add(shard with { End = number });
            var count = shard.Count / halves;
            for (var half = 0; half < halves; half++)
            {
                children.Add(ShardRecord.Open(TableId, shard.Id, shard.From + (half * count), count, number + 1, now));
            }
        }

        return this with { Shards = [.. shards, .. children] };
    }

    /// <summary>Whether <see cref="Roll"/> would change anything.</summary>
    public bool NeedsRoll(DateTimeOffset now, int wanted)
    {
        var open = Shards.Where(shard => shard.IsOpen).ToList();
        return open.Exists(shard => shard.IsDue(now)) || (open.Count < wanted && open.Exists(shard => shard.Count > 1));
    }

    /// <summary>Ends the stream; what it holds can be read for another day.</summary>
    public StreamState Close(ulong number, DateTimeOffset now) =>
        this with { ClosedAt = now, Shards = [.. Shards.Select(shard => shard.IsOpen ? shard with { End = number } : shard)] };

    /// <summary>Forgets the shards whose records are all too old to be read.</summary>
    public StreamState Trim(ulong horizon) => Shards.Any(shard => shard.End < horizon)
        ? this with { Shards = [.. Shards.Where(shard => !(shard.End < horizon))] }
        : this;

    public byte[] Encode() => [Version, .. JsonSerializer.SerializeToUtf8Bytes(this, StreamJson.Default.StreamState)];

    public static StreamState Decode(ReadOnlySpan<byte> bytes) => bytes is [Version, ..]
        ? JsonSerializer.Deserialize(bytes[1..], StreamJson.Default.StreamState)!
        : throw new FormatException("A stream's state has an unknown version.");
}

/// <summary>A shard: some partitions next to each other, for some of the table's numbers.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Parent">The shard that had these partitions before.</param>
/// <param name="From">The first partition.</param>
/// <param name="Count">How many partitions.</param>
/// <param name="Start">The first number.</param>
/// <param name="End">The last number, once it is closed.</param>
/// <param name="Opened">When it began.</param>
internal sealed record ShardRecord(string Id, string? Parent, int From, int Count, ulong Start, ulong? End, DateTimeOffset Opened)
{
    [JsonIgnore]
    public bool IsOpen => End is null;

    public static ShardRecord Open(string tableId, string? parent, int from, int count, ulong start, DateTimeOffset now) => new(
        string.Create(CultureInfo.InvariantCulture, $"shardId-{start / 1000:D20}-{Mark(tableId, from, start):x8}"),
        parent,
        from,
        count,
        start,
        End: null,
        now);

    public bool IsDue(DateTimeOffset now) => Opened + StreamState.ShardLife <= now;

    // Tells shards of one millisecond apart.
    private static uint Mark(string tableId, int from, ulong start)
    {
        Span<byte> text = stackalloc byte[256];
        System.Text.Unicode.Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"{tableId}/{from}/{start}", out var length);
        return KeyCodec.Token(text[..length]);
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StreamState))]
internal sealed partial class StreamJson : JsonSerializerContext;
