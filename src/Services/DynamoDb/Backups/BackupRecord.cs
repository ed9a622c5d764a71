using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;

namespace Haneul.DynamoDb.Backups;

/// <summary>A backup as it is stored, without its items.</summary>
internal sealed record BackupRecord
{
    /// <summary>How long the backup of a deleted table is kept.</summary>
    public static readonly TimeSpan SystemLife = TimeSpan.FromDays(35);

    private const byte Version = 1;

    /// <summary>Its creation in milliseconds, and eight random digits: the last part of its ARN.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>USER, or SYSTEM for what is left of a deleted table.</summary>
    public required string Type { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? Expires { get; init; }

    /// <summary>The items are all there.</summary>
    public required bool Available { get; init; }

    /// <summary>The number of the table's last change that is in the backup.</summary>
    public required ulong AsOf { get; init; }

    /// <summary>Whose partitions hold the items.</summary>
    public required string StorageId { get; init; }

    /// <summary>The table as it was.</summary>
    public required TableRecord Table { get; init; }

    public required long Items { get; init; }

    public required long Bytes { get; init; }

    [JsonIgnore]
    public byte[] Key => DynamoDbKeyspace.Backup(Table.Name, Id);

    public static string NewId(DateTimeOffset now, IIdSource ids) =>
        string.Create(CultureInfo.InvariantCulture, $"{now.ToUnixTimeMilliseconds():D14}-{ids.NewString(8, RandomIdSource.Hex)}");

    public string Arn(AccountId account, Region region) => $"{TableArn.Of(account, region, Table.Name)}/backup/{Id}";

    public BackupDetails Details(AccountId account, Region region, string? status = null) => new()
    {
        BackupArn = Arn(account, region),
        BackupName = Name,
        BackupSizeBytes = Bytes,
        BackupStatus = status ?? Status,
        BackupType = Type,
        BackupCreationDateTime = Created,
        BackupExpiryDateTime = Expires,
    };

    public BackupSummary Summary(AccountId account, Region region) => new()
    {
        TableName = Table.Name,
        TableId = Table.Id,
        TableArn = TableArn.Of(account, region, Table.Name).ToString(),
        BackupArn = Arn(account, region),
        BackupName = Name,
        BackupCreationDateTime = Created,
        BackupExpiryDateTime = Expires,
        BackupStatus = Status,
        BackupType = Type,
        BackupSizeBytes = Bytes,
    };

    public BackupDescription Describe(AccountId account, Region region, string? status = null) => new()
    {
        BackupDetails = Details(account, region, status),
        SourceTableDetails = new SourceTableDetails
        {
            TableName = Table.Name,
            TableId = Table.Id,
            TableArn = TableArn.Of(account, region, Table.Name).ToString(),
            TableSizeBytes = Bytes,
            KeySchema = TableDescriber.Keys(Table),
            TableCreationDateTime = Table.Created,
            ProvisionedThroughput = Provisioned(Table.Throughput),
            OnDemandThroughput = TableDescriber.OnDemand(Table.OnDemand),
            ItemCount = Items,
            BillingMode = Table.PayPerRequest ? BillingMode.PayPerRequest : BillingMode.Provisioned,
        },
        SourceTableFeatureDetails = new SourceTableFeatureDetails
        {
            LocalSecondaryIndexes = TableDescriber.NullIfEmpty(Table.Indexes.Where(index => index.Local).Select(index => new LocalSecondaryIndexInfo
            {
                IndexName = index.Name,
                KeySchema = TableDescriber.Keys(index),
                Projection = TableDescriber.Projected(index),
            })),
            GlobalSecondaryIndexes = TableDescriber.NullIfEmpty(Table.Indexes.Where(index => !index.Local).Select(index => new GlobalSecondaryIndexInfo
            {
                IndexName = index.Name,
                KeySchema = TableDescriber.Keys(index),
                Projection = TableDescriber.Projected(index),
                ProvisionedThroughput = Provisioned(index.Throughput),
                OnDemandThroughput = TableDescriber.OnDemand(index.OnDemand),
            })),
            StreamDescription = Table.Stream is { Enabled: true } stream
                ? new StreamSpecification { StreamEnabled = true, StreamViewType = stream.View }
                : null,
            TimeToLiveDescription = Table.TtlAttribute is { } ttl
                ? new TimeToLiveDescription { AttributeName = ttl, TimeToLiveStatus = TimeToLiveStatus.Enabled }
                : null,
        },
    };

    public byte[] Encode() => [Version, .. JsonSerializer.SerializeToUtf8Bytes(this, BackupJson.Default.BackupRecord)];

    public static BackupRecord Decode(ReadOnlySpan<byte> bytes) => bytes is [Version, ..]
        ? JsonSerializer.Deserialize(bytes[1..], BackupJson.Default.BackupRecord)!
        : throw new FormatException("A backup's record has an unknown version.");

    private static ProvisionedThroughput Provisioned(ThroughputRecord throughput) =>
        new() { ReadCapacityUnits = throughput.Read, WriteCapacityUnits = throughput.Write };

    private string Status => Available ? BackupStatus.Available : BackupStatus.Creating;
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BackupRecord))]
internal sealed partial class BackupJson : JsonSerializerContext;
