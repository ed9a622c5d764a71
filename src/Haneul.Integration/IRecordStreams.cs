using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Integration;

/// <summary>
/// Reads the changes that a service streams, shard by shard. Implemented by DynamoDB, by calling its own operations through the pipeline:
/// the reader needs their permissions, and has their errors and limits.
/// </summary>
/// <remarks>
/// Records of one key lie in one shard, or in its children after it is closed: who reads parents to their end first has every key in order.
/// A position is good for fifteen minutes; who comes later opens the shard again behind the last record that was worked on.
/// </remarks>
public interface IRecordStreams
{
    /// <summary>Whether the streams of this ARN are read here.</summary>
    bool Has(string streamArn);

    /// <summary>Whether a reader may make every call that reading takes; the first refusal, if there is one.</summary>
    ValueTask<Outcome<Unit>> CheckAsync(string streamArn, CallContext reader, CancellationToken cancel);

    /// <summary>The stream with all of its shards, parents before children.</summary>
    ValueTask<Outcome<RecordStream>> DescribeAsync(string streamArn, CallContext reader, CancellationToken cancel);

    /// <summary>Chooses where reading begins.</summary>
    /// <param name="streamArn">The stream.</param>
    /// <param name="shardId">One of its shards.</param>
    /// <param name="start">Where in the shard.</param>
    /// <param name="reader">Who reads.</param>
    /// <param name="cancel">Ends the wait.</param>
    ValueTask<Outcome<RecordPosition>> OpenAsync(
        string streamArn, string shardId, RecordStart start, CallContext reader, CancellationToken cancel);

    /// <summary>Reads on from a position; at once, whether there is something or not.</summary>
    ValueTask<Outcome<RecordPage>> ReadAsync(RecordPosition position, int limit, CallContext reader, CancellationToken cancel);

    /// <summary>Waits until it is worth reading on from a position: for a record, or the end of the shard.</summary>
    /// <param name="position">Where reading would go on.</param>
    /// <param name="atMost">Ends the wait without an error.</param>
    /// <param name="cancel">Ends the wait with one.</param>
    ValueTask WaitAsync(RecordPosition position, TimeSpan atMost, CancellationToken cancel);
}

/// <param name="Enabled">Whether changes still come.</param>
/// <param name="Shards">All shards that still hold something or may.</param>
public sealed record RecordStream(bool Enabled, IReadOnlyList<RecordShard> Shards);

/// <param name="Id">Its name.</param>
/// <param name="Parent">The shard that it follows, which may be gone.</param>
/// <param name="Closed">Whether nothing more comes.</param>
public sealed record RecordShard(string Id, string? Parent, bool Closed);

/// <summary>Where reading begins: the oldest record, what comes from now on, or behind a record.</summary>
public readonly record struct RecordStart
{
    private RecordStart(bool latest, string? after)
    {
        IsLatest = latest;
        After = after;
    }

    public static RecordStart Oldest => default;

    public static RecordStart Latest => new(latest: true, after: null);

    public bool IsLatest { get; }

    /// <summary>The sequence number of the last record that is known.</summary>
    public string? After { get; }

    public static RecordStart Behind(string sequenceNumber) => new(latest: false, sequenceNumber);
}

/// <param name="Token">Says where to its maker only.</param>
public sealed record RecordPosition(string Token);

/// <param name="Records">In order.</param>
/// <param name="Next">Where reading goes on; null at the end of a closed shard.</param>
public sealed record RecordPage(IReadOnlyList<StreamedRecord> Records, RecordPosition? Next);

/// <param name="SequenceNumber">Its place in the shard.</param>
/// <param name="Created">About when the change was made.</param>
/// <param name="Event">The record as a function gets it: JSON in UTF-8.</param>
public readonly record struct StreamedRecord(string SequenceNumber, DateTimeOffset Created, ReadOnlyMemory<byte> Event);
