using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Items;
using Haneul.Kernel.Errors;

namespace Haneul.DynamoDb.Tables;

/// <summary>Shows a table as the contract does.</summary>
internal static class TableDescriber
{
    /// <param name="table">The table.</param>
    /// <param name="now">Decides on states.</param>
    /// <param name="settled">Whether to tell what AWS tells of tables only after they were made.</param>
    /// <param name="status">The state, where the caller knows better.</param>
    public static TableDescription Describe(Table table, DateTimeOffset now, bool settled, string? status = null)
    {
        var record = table.Record;
        status ??= Status(record, now);
        var sizes = Sizes(table);
        var (items, bytes) = sizes(0);
        return new TableDescription
        {
            AttributeDefinitions = [.. record.Attributes.Select(a => new AttributeDefinition { AttributeName = a.Name, AttributeType = a.Type })],
            TableName = record.Name,
            KeySchema = Keys(record),
            TableStatus = status,
            CreationDateTime = record.Created,
            ProvisionedThroughput = Throughput(record.Throughput, now),
            TableSizeBytes = bytes,
            ItemCount = items,
            TableArn = table.Arn,
            TableId = record.Id,
            BillingModeSummary = Billing(record, settled),
            LocalSecondaryIndexes = NullIfEmpty(table.Indexes.Where(index => index.Local).Select(index => Local(index, sizes))),
            GlobalSecondaryIndexes = NullIfEmpty(table.Indexes.Where(index => !index.Local).Select(index => Global(index, sizes, status, table, now, settled))),
            StreamSpecification = record.Stream is { Enabled: true } stream
                ? new StreamSpecification { StreamEnabled = true, StreamViewType = stream.View }
                : null,
            LatestStreamLabel = record.Stream?.Label,
            LatestStreamArn = record.Stream is { } latest ? $"{table.Arn}/stream/{latest.Label}" : null,
            TableClassSummary = record.TableClass is { } tableClass
                ? new TableClassSummary { TableClass = tableClass, LastUpdateDateTime = record.TableClassSince }
                : null,
            DeletionProtectionEnabled = record.DeletionProtection,
            GlobalTableVersion = record.Replicas is { Count: > 0 } ? "2019.11.21" : null,
            Replicas = NullIfEmpty((record.Replicas ?? []).Select(replica => new ReplicaDescription
            {
                RegionName = replica.Region,
                ReplicaStatus = replica.Active ? ReplicaStatus.Active : ReplicaStatus.Creating,
                ReplicaArn = table.Arn.Replace($":{table.ReplicaRegion}:", $":{replica.Region}:", StringComparison.Ordinal),
            })),
            OnDemandThroughput = OnDemand(record.OnDemand),
            RestoreSummary = record.Restore is { } restore
                ? new RestoreSummary
                {
                    SourceBackupArn = restore.BackupArn,
                    SourceTableArn = restore.TableArn,
                    RestoreDateTime = restore.Time,
                    RestoreInProgress = restore.InProgress,
                }
                : null,
            WarmThroughput = settled ? Warm(table.Meters.Warm(record)) : null,
        };
    }

    /// <summary>The few facts that remain of a table that is being deleted.</summary>
    public static TableDescription Deleted(Table table, DateTimeOffset now)
    {
        var (items, bytes) = Sizes(table)(0);
        return new TableDescription
        {
            TableName = table.Name,
            TableStatus = TableStatus.Deleting,
            ProvisionedThroughput = Throughput(table.Record.Throughput, now),
            TableSizeBytes = bytes,
            ItemCount = items,
            TableArn = table.Arn,
            TableId = table.Record.Id,
            DeletionProtectionEnabled = false,
        };
    }

    public static string Status(TableRecord record, DateTimeOffset now) =>
        record.GoneAt is not null ? TableStatus.Deleting
        : record.ReadyAt > now ? TableStatus.Creating
        : record.UpdatingUntil > now || record.Indexes.Any(index => index.Backfilling) ? TableStatus.Updating
        : TableStatus.Active;

    /// <summary>Why a table cannot be changed or deleted now, or null.</summary>
    public static ServiceError? Busy(TableRecord record, DateTimeOffset now)
    {
        var what = Status(record, now) switch
        {
            TableStatus.Active => null,
            TableStatus.Creating => "created",
            TableStatus.Deleting => "deleted",
            _ => "updated",
        };
        return what is null
            ? null
            : DynamoDbErrors.ResourceInUseException.With($"Attempt to change a resource which is still in use: Table is being {what}: {record.Name}");
    }

    public static List<KeySchemaElement> Keys(TableRecord table) => Keys([table.Hash], table.Range is null ? [] : [table.Range]);

    public static List<KeySchemaElement> Keys(IndexRecord index) => Keys(index.Hashes(), index.Ranges());

    private static List<KeySchemaElement> Keys(IEnumerable<string> hashes, IEnumerable<string> ranges) =>
    [
        .. hashes.Select(name => new KeySchemaElement { AttributeName = name, KeyType = KeyType.Hash }),
        .. ranges.Select(name => new KeySchemaElement { AttributeName = name, KeyType = KeyType.Range }),
    ];

    private static LocalSecondaryIndexDescription Local(TableIndex index, Func<byte, (long Items, long Bytes)> sizes) => new()
    {
        IndexName = index.Name,
        KeySchema = Keys(index.Record),
        Projection = Projected(index.Record),
        IndexSizeBytes = sizes(index.Number).Bytes,
        ItemCount = sizes(index.Number).Items,
        IndexArn = index.Arn,
    };

    private static GlobalSecondaryIndexDescription Global(
        TableIndex index, Func<byte, (long Items, long Bytes)> sizes, string status, Table table, DateTimeOffset now, bool settled) => new()
    {
        IndexName = index.Name,
        KeySchema = Keys(index.Record),
        Projection = Projected(index.Record),
        IndexStatus = index.Record.Backfilling || status == TableStatus.Creating ? IndexStatus.Creating
            : status == TableStatus.Deleting ? IndexStatus.Deleting
            : IndexStatus.Active,
        Backfilling = index.Record.Backfilling ? true : null,
        ProvisionedThroughput = Throughput(index.Record.Throughput, now),
        OnDemandThroughput = OnDemand(index.Record.OnDemand),
        IndexSizeBytes = sizes(index.Number).Bytes,
        ItemCount = sizes(index.Number).Items,
        IndexArn = index.Arn,
        WarmThroughput = settled && Warm(table.Meters.Warm(index.Record, table.Record.PayPerRequest)) is { } warm
            ? new GlobalSecondaryIndexWarmThroughputDescription
            {
                ReadUnitsPerSecond = warm.ReadUnitsPerSecond,
                WriteUnitsPerSecond = warm.WriteUnitsPerSecond,
                Status = warm.Status,
            }
            : null,
    };

    public static Projection Projected(IndexRecord index) => new() { ProjectionType = index.Projection, NonKeyAttributes = index.Included };

    private static BillingModeSummary? Billing(TableRecord record, bool settled) => record.PayPerRequest || record.PayPerRequestSince is not null
        ? new BillingModeSummary
        {
            BillingMode = record.PayPerRequest ? BillingMode.PayPerRequest : BillingMode.Provisioned,
            LastUpdateToPayPerRequestDateTime = settled ? record.PayPerRequestSince : null,
        }
        : null;

    private static ProvisionedThroughputDescription Throughput(ThroughputRecord throughput, DateTimeOffset now) => new()
    {
        LastIncreaseDateTime = throughput.Increased,
        LastDecreaseDateTime = throughput.Decreased,
        NumberOfDecreasesToday = throughput.DecreasesOn(now),
        ReadCapacityUnits = throughput.Read,
        WriteCapacityUnits = throughput.Write,
    };

    public static OnDemandThroughput? OnDemand(UnitsRecord? units) => units is null
        ? null
        : new OnDemandThroughput { MaxReadRequestUnits = units.Read, MaxWriteRequestUnits = units.Write };

    private static TableWarmThroughputDescription Warm(UnitsRecord units) => new()
    {
        ReadUnitsPerSecond = units.Read,
        WriteUnitsPerSecond = units.Write,
        Status = TableStatus.Active,
    };

    /// <summary>Items and bytes of the table, by number 0, and of its indexes: exact, where AWS brings its numbers up to date every six hours.</summary>
    public static Func<byte, (long Items, long Bytes)> Sizes(Table table)
    {
        PartitionState[] states = [.. table.Partitions.Select(PartitionState.Read)];
        return index => (states.Sum(state => state.Find(index).Items), states.Sum(state => state.Find(index).Bytes));
    }

    public static List<T>? NullIfEmpty<T>(IEnumerable<T> items)
    {
        var list = items.ToList();
        return list.Count == 0 ? null : list;
    }
}
