using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;

namespace Haneul.DynamoDb.Backups;

/// <summary>
/// What a restored table looks like: as its source, but for what a request overrides, and without tags, expiry, streams, protection and
/// point-in-time recovery.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/backuprestore_HowItWorks.html"/>
/// </summary>
/// <param name="BillingMode">Overrides the source's.</param>
/// <param name="Globals">Which global indexes to keep; null for all.</param>
/// <param name="Locals">Which local indexes to keep; null for all.</param>
/// <param name="Throughput">Overrides the source's.</param>
/// <param name="OnDemand">Overrides the source's limits on demand.</param>
/// <param name="Region">Where.</param>
internal sealed record RestoredTable(
    string? BillingMode,
    IReadOnlyList<GlobalSecondaryIndex>? Globals,
    IReadOnlyList<LocalSecondaryIndex>? Locals,
    ProvisionedThroughput? Throughput,
    OnDemandThroughput? OnDemand,
    Region Region)
{
    public TableRecord Of(TableRecord source, string name, string id, DateTimeOffset now, RestoreRecord restore)
    {
        var payPerRequest = BillingMode is null ? source.PayPerRequest : BillingMode == Contracts.BillingMode.PayPerRequest;
        var given = Throughput;
        if (given is null && !payPerRequest && !source.PayPerRequest)
        {
            given = new ProvisionedThroughput { ReadCapacityUnits = source.Throughput.Read, WriteCapacityUnits = source.Throughput.Write };
        }

        var record = source with
        {
            Name = name,
            Id = id,
            Created = now,
            ReadyAt = DateTimeOffset.MaxValue,
            GoneAt = null,
            UpdatingUntil = null,
            Epoch = 1,
            Indexes = [.. source.Indexes.Where(Keeps).Select(index => Index(index, payPerRequest))],
            PayPerRequest = payPerRequest,
            PayPerRequestSince = payPerRequest ? now : null,
            Throughput = TableThroughput.Provisioned(given, payPerRequest, index: null),
            OnDemand = TableThroughput.OnDemand(OnDemand, payPerRequest ? source.OnDemand : null, payPerRequest, isNew: true, index: null, Region),
            Warm = null,
            Switches = null,
            DeletionProtection = false,
            ClassChanges = null,
            Insights = null,
            Stream = null,
            Policy = null,
            StreamPolicy = null,
            TtlAttribute = null,
            TtlFilling = false,
            TtlChanged = null,
            Tags = new Dictionary<string, string>(),
            Recovery = null,
            Copying = null,
            Replicas = null,
            FilledFrom = null,
            SourceUntil = null,
            Restore = restore,
        };
        RefuseUnknown(source);
        var used = TableDefinition.UsedAttributes(record);
        record = record with { Attributes = [.. record.Attributes.Where(attribute => used.Contains(attribute.Name))] };
        return record.Warmed();
    }

    private bool Keeps(IndexRecord index) => index.Local
        ? Locals is null || Locals.Any(wanted => wanted.IndexName == index.Name)
        : Globals is null || Globals.Any(wanted => wanted.IndexName == index.Name);

    private IndexRecord Index(IndexRecord index, bool payPerRequest)
    {
        if (index.Local)
        {
            return index;
        }

        var wanted = Globals?.First(wanted => wanted.IndexName == index.Name);
        var given = wanted?.ProvisionedThroughput;
        if (given is null && !payPerRequest && index.Throughput.Read > 0)
        {
            given = new ProvisionedThroughput { ReadCapacityUnits = index.Throughput.Read, WriteCapacityUnits = index.Throughput.Write };
        }

        return index with
        {
            Backfilling = false,
            Throughput = TableThroughput.Provisioned(given, payPerRequest, index.Name),
            OnDemand = TableThroughput.OnDemand(
                wanted?.OnDemandThroughput, payPerRequest ? index.OnDemand : null, payPerRequest, isNew: true, index.Name, Region),
            Warm = null,
            Insights = null,
        };
    }

    // An override leaves indexes out; it does not make or change any.
    private void RefuseUnknown(TableRecord source)
    {
        foreach (var wanted in Globals ?? [])
        {
            Refuse(source, local: false, wanted.IndexName, wanted.KeySchema, wanted.Projection);
        }

        foreach (var wanted in Locals ?? [])
        {
            Refuse(source, local: true, wanted.IndexName, wanted.KeySchema, wanted.Projection);
        }
    }

    private static void Refuse(TableRecord source, bool local, string name, IReadOnlyList<KeySchemaElement> keys, Projection projection)
    {
        var index = source.Indexes.FirstOrDefault(index => index.Local == local && index.Name == name);
        var same = index is not null
            && keys.Select(key => key.AttributeName).SequenceEqual(index.Hashes().Concat(index.Ranges()))
            && projection.ProjectionType == index.Projection
            && (projection.NonKeyAttributes ?? []).ToHashSet().SetEquals(index.Included ?? []);
        DynamoErrors.ThrowIf(
            !same, $"{DynamoErrors.Parameters}Indexes provided for a restore must match the indexes of the source table. IndexName: {name}");
    }
}
