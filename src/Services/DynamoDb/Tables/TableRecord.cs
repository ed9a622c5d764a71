using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Haneul.DynamoDb.Tables;

/// <summary>A table as it is stored, without its items. Times decide what state it is in, so that nothing has to wake up for it.</summary>
internal sealed record TableRecord
{
    public static readonly DateTimeOffset Ready = DateTimeOffset.MinValue;

    private const byte Version = 1;

    public required string Name { get; init; }

    public required string Id { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>When it is ready for use; <see cref="Ready"/> once it is, so that it stays so if the clock goes back.</summary>
    public required DateTimeOffset ReadyAt { get; init; }

    /// <summary>When it is gone, once it is being deleted.</summary>
    public DateTimeOffset? GoneAt { get; init; }

    /// <summary>Until when an update keeps it busy.</summary>
    public DateTimeOffset? UpdatingUntil { get; init; }

    /// <summary>Grows whenever writers must know more than they did; each partition knows the current one.</summary>
    public required uint Epoch { get; init; }

    /// <summary>Over how many partitions its items are spread; a power of two.</summary>
    public required int Partitions { get; init; }

    /// <summary>Names and types of all key attributes, in the order they were given.</summary>
    public required IReadOnlyList<AttributeRecord> Attributes { get; init; }

    public required string Hash { get; init; }

    public string? Range { get; init; }

    public IReadOnlyList<IndexRecord> Indexes { get; init; } = [];

    /// <summary>The number of the next index; numbers are not used again.</summary>
    public byte NextIndex { get; init; } = 1;

    public bool PayPerRequest { get; init; }

    public DateTimeOffset? PayPerRequestSince { get; init; }

    public ThroughputRecord Throughput { get; init; } = new(0, 0);

    /// <summary>The owner's limits on demand; null for none.</summary>
    public UnitsRecord? OnDemand { get; init; }

    /// <summary>What the table has been made ready for; never less than what was provisioned once.</summary>
    public UnitsRecord? Warm { get; init; }

    /// <summary>When it was switched to on demand, as far as that counts against the limit of switches.</summary>
    public IReadOnlyList<DateTimeOffset>? Switches { get; init; }

    public bool DeletionProtection { get; init; }

    public string? TableClass { get; init; }

    public DateTimeOffset? TableClassSince { get; init; }

    /// <summary>When its class was changed, as far as that counts against the limit.</summary>
    public IReadOnlyList<DateTimeOffset>? ClassChanges { get; init; }

    /// <summary>Its own contributor insights; null while they were never on.</summary>
    public InsightsRecord? Insights { get; init; }

    public StreamRecordOptions? Stream { get; init; }

    /// <summary>Who else may use the table and its indexes.</summary>
    public PolicyRecord? Policy { get; init; }

    /// <summary>Who else may read the latest stream.</summary>
    public PolicyRecord? StreamPolicy { get; init; }

    /// <summary>The attribute with the items' expiry times.</summary>
    public string? TtlAttribute { get; init; }

    /// <summary>When expiry was turned on or off last.</summary>
    public DateTimeOffset? TtlChanged { get; init; }

    /// <summary>The items that were there before expiry was turned on are still being looked through.</summary>
    public bool TtlFilling { get; init; }

    /// <summary>Point-in-time recovery, while it is on.</summary>
    public RecoveryRecord? Recovery { get; init; }

    /// <summary>The backups whose items are still being copied.</summary>
    public IReadOnlyList<string>? Copying { get; init; }

    /// <summary>Where a restored table came from.</summary>
    public RestoreRecord? Restore { get; init; }

    /// <summary>The table's replicas in other regions, if it is a global table.</summary>
    public IReadOnlyList<ReplicaRecord>? Replicas { get; init; }

    /// <summary>The region out of which a new replica is still being filled.</summary>
    public string? FilledFrom { get; init; }

    /// <summary>Until when the table cannot be deleted, because another replica was filled out of it.</summary>
    public DateTimeOffset? SourceUntil { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public byte[] Encode() => [Version, .. JsonSerializer.SerializeToUtf8Bytes(this, TableJson.Default.TableRecord)];

    public static TableRecord Decode(ReadOnlySpan<byte> bytes) => bytes is [Version, ..]
        ? JsonSerializer.Deserialize(bytes[1..], TableJson.Default.TableRecord)!
        : throw new FormatException("A table's record has an unknown version.");
}

/// <param name="Name">The attribute.</param>
/// <param name="Type">S, N or B.</param>
internal sealed record AttributeRecord(string Name, string Type);

/// <summary>A secondary index as it is stored.</summary>
internal sealed record IndexRecord
{
    public IEnumerable<string> Hashes() => [Hash, .. MoreHash ?? []];

    public IEnumerable<string> Ranges() => Range is null ? [] : [Range, .. MoreRange ?? []];

    public required byte Number { get; init; }

    public required string Name { get; init; }

    public required bool Local { get; init; }

    public required string Hash { get; init; }

    public string? Range { get; init; }

    /// <summary>Further attributes of the hash key of a global index.</summary>
    public IReadOnlyList<string>? MoreHash { get; init; }

    /// <summary>Further attributes of the range key of a global index.</summary>
    public IReadOnlyList<string>? MoreRange { get; init; }

    /// <summary>ALL, KEYS_ONLY or INCLUDE.</summary>
    public required string Projection { get; init; }

    public IReadOnlyList<string>? Included { get; init; }

    public ThroughputRecord Throughput { get; init; } = new(0, 0);

    /// <inheritdoc cref="TableRecord.OnDemand"/>
    public UnitsRecord? OnDemand { get; init; }

    /// <inheritdoc cref="TableRecord.Warm"/>
    public UnitsRecord? Warm { get; init; }

    /// <inheritdoc cref="TableRecord.Insights"/>
    public InsightsRecord? Insights { get; init; }

    /// <summary>The items that were there before it are still being put into it.</summary>
    public bool Backfilling { get; init; }
}

/// <param name="Read">Read units a second.</param>
/// <param name="Write">Write units a second.</param>
internal sealed record ThroughputRecord(long Read, long Write)
{
    public DateTimeOffset? Increased { get; init; }

    public DateTimeOffset? Decreased { get; init; }

    /// <summary>On the day of the last one.</summary>
    public int DecreasesToday { get; init; }

    public int DecreasesOn(DateTimeOffset day) => Decreased?.UtcDateTime.Date == day.UtcDateTime.Date ? DecreasesToday : 0;
}

/// <param name="Read">Read units a second; null for no limit.</param>
/// <param name="Write">Write units a second; null for no limit.</param>
internal sealed record UnitsRecord(long? Read, long? Write);

/// <param name="Document">In its canonical form.</param>
/// <param name="Revision">Grows with every change.</param>
internal sealed record PolicyRecord(string Document, string Revision);

/// <param name="Enabled">Whether they are on.</param>
/// <param name="Mode">ACCESSED_AND_THROTTLED_KEYS or THROTTLED_KEYS.</param>
/// <param name="Changed">When that was set.</param>
internal sealed record InsightsRecord(bool Enabled, string Mode, DateTimeOffset Changed);

/// <param name="View">KEYS_ONLY, NEW_IMAGE, OLD_IMAGE or NEW_AND_OLD_IMAGES.</param>
/// <param name="Label">When it was turned on: the last part of its ARN.</param>
/// <param name="Enabled">Whether changes are still recorded.</param>
/// <param name="Start">A number below all of its records; 0 for a stream that began with its table.</param>
internal sealed record StreamRecordOptions(string View, string Label, bool Enabled, ulong Start = 0)
{
    /// <summary>When it was turned on.</summary>
    [JsonIgnore]
    public DateTimeOffset Since => DateTimeOffset.Parse(Label, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static string LabelOf(DateTimeOffset since) => since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture);
}

/// <param name="Region">Where the replica is.</param>
/// <param name="Active">It has all items and can be used.</param>
internal sealed record ReplicaRecord(string Region, bool Active);

/// <param name="Since">When it was turned on.</param>
/// <param name="Days">How far back it goes.</param>
internal sealed record RecoveryRecord(DateTimeOffset Since, int Days)
{
    public const int MaxDays = 35;

    /// <summary>The earliest moment that can be restored.</summary>
    public DateTimeOffset Earliest(DateTimeOffset now) => now - TimeSpan.FromDays(Days) is var limit && limit > Since ? limit : Since;
}

/// <summary>Where the items of a restored table come from.</summary>
internal sealed record RestoreRecord
{
    /// <summary>The backup; null for a restore to a point in time.</summary>
    public string? BackupArn { get; init; }

    public required string TableArn { get; init; }

    /// <summary>The moment whose items these are.</summary>
    public required DateTimeOffset Time { get; init; }

    public required bool InProgress { get; init; }

    /// <summary>Whose partitions hold the items.</summary>
    public required string SourceId { get; init; }

    /// <summary>The number of the last change to restore, where the source still changes.</summary>
    public ulong? AsOf { get; init; }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TableRecord))]
internal sealed partial class TableJson : JsonSerializerContext;
