using System.Globalization;
using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.GlobalTables;
using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.Throttling;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;

namespace Haneul.DynamoDb.Tables;

/// <summary>
/// Changes a table's throughput, indexes, stream, class or protection.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html"/>
/// </summary>
internal sealed class UpdateTable(TableStore tables, TableChanger changer, ReplicaGroup replicas, TableWork work, DynamoDbOptions options)
    : IHandler<UpdateTableInput, UpdateTableOutput>
{
    private const string Operation = "UpdateTable";

    private static readonly ServiceError s_busyIndex = DynamoDbErrors.LimitExceededException.With(
        "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table");

    public async ValueTask<Outcome<UpdateTableOutput>> HandleAsync(UpdateTableInput input, CallContext context, CancellationToken cancel)
    {
        Check(input);
        var (account, region, name) = TableStore.Locate(context, input.TableName);
        if (tables.Find(context, input.TableName, fresh: true) is not { } table)
        {
            return DynamoErrors.TableNotFound(name);
        }

        if (table.Record.Indexes.Any(index => index.Backfilling)
            && input.GlobalSecondaryIndexUpdates?.Any(update => update.Create is not null) == true)
        {
            return s_busyIndex;
        }

        if (TableDescriber.Busy(table.Record, tables.Now) is { } busy)
        {
            return busy;
        }

        TableQuotas.CheckChanging(tables.Records(account, region), tables.Now);
        var outcome = input.ReplicaUpdates is { Count: > 0 } updates
            ? await replicas.UpdateAsync(context, table, updates)
            : await ChangeAsync(account, region, table.Record, input, context);
        if (!outcome.Succeeded)
        {
            return outcome.Error;
        }

        work.Wake();
        var changed = tables.Make(account, region, outcome.Value);
        var lasting = input.ProvisionedThroughput is not null || input.BillingMode is not null || input.GlobalSecondaryIndexUpdates is not null
            || input.StreamSpecification is not null || input.ReplicaUpdates is not null;
        return new UpdateTableOutput
        {
            TableDescription = TableDescriber.Describe(changed, tables.Now, settled: false, lasting ? TableStatus.Updating : TableStatus.Active),
        };
    }

    // What replicas have in common changes in all of them together.
    private async ValueTask<Outcome<TableRecord>> ChangeAsync(
        AccountId account, Region region, TableRecord known, UpdateTableInput input, CallContext context)
    {
        var common = new UpdateTableInput
        {
            TableName = input.TableName,
            AttributeDefinitions = input.AttributeDefinitions,
            BillingMode = input.BillingMode,
            GlobalSecondaryIndexUpdates = input.GlobalSecondaryIndexUpdates,
            OnDemandThroughput = input.OnDemandThroughput,
            WarmThroughput = input.WarmThroughput,
        };
        var others = common is { BillingMode: null, GlobalSecondaryIndexUpdates: null, OnDemandThroughput: null, WarmThroughput: null }
            ? []
            : replicas.Others(account, known);
        var outcome = await changer.ChangeTogetherAsync(
            account,
            [One(account, region, known, input, context), .. others.Select(other => One(account, other.Region, other.Record, common, context))]);
        return outcome.Succeeded ? outcome.Value[0] : outcome.Error;
    }

    private TableChange One(AccountId account, Region region, TableRecord known, UpdateTableInput input, CallContext context)
    {
        byte? deleted = null;
        var table = tables.Make(account, region, known);
        var others = options.Throttling && (input.ProvisionedThroughput is not null || input.GlobalSecondaryIndexUpdates is not null)
            ? tables.Records(account, region)
            : null;
        return new TableChange(
            region, known, record => Change(record, table, others, input, context, out deleted), (state, batch) => Clear(state, batch, deleted));
    }

    private static void Check(UpdateTableInput input)
    {
        TableQuotas.CheckEncryption(input.SSESpecification, Operation, isNew: false);
        TableDefinition.RefuseUnsupported(input.MultiRegionConsistency == MultiRegionConsistency.Strong, "MultiRegionConsistency STRONG", Operation);
        TableDefinition.RefuseUnsupported(input.GlobalTableWitnessUpdates is not null, "GlobalTableWitnessUpdates", Operation);
        TableDefinition.RefuseUnsupported(input.GlobalTableSettingsReplicationMode is not null, "GlobalTableSettingsReplicationMode", Operation);
        DynamoErrors.ThrowIf(
            input is
            {
                ProvisionedThroughput: null, BillingMode: null, StreamSpecification: null, SSESpecification: null, TableClass: null,
                DeletionProtectionEnabled: null, GlobalSecondaryIndexUpdates: null or { Count: 0 }, ReplicaUpdates: null or { Count: 0 },
                OnDemandThroughput: null, WarmThroughput: null,
            },
            "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
        DynamoErrors.ThrowIf(
            input is { BillingMode: BillingMode.Provisioned, ProvisionedThroughput: null },
            DynamoErrors.Parameters + "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
        DynamoErrors.ThrowIf(
            input is { BillingMode: BillingMode.PayPerRequest, ProvisionedThroughput: not null },
            DynamoErrors.Parameters + "ProvisionedThroughput cannot be specified when BillingMode is PAY_PER_REQUEST");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var update in input.GlobalSecondaryIndexUpdates ?? [])
        {
            var name = update.Update?.IndexName ?? update.Create?.IndexName ?? update.Delete?.IndexName;
            DynamoErrors.ThrowIf(
                name is null,
                DynamoErrors.Parameters + "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
                + "GlobalSecondaryIndexUpdate.Delete must not be null");
            DynamoErrors.ThrowIf(
                !names.Add(name!), $"{DynamoErrors.Parameters}Only one global secondary index update per index is allowed simultaneously. Index: {name}");
        }
    }

    private Outcome<TableRecord> Change(
        TableRecord record, Table table, IReadOnlyList<TableRecord>? others, UpdateTableInput input, CallContext context, out byte? deleted)
    {
        deleted = null;
        var updates = input.GlobalSecondaryIndexUpdates ?? [];
        if (updates.Count(update => update.Update is null) > 1)
        {
            return s_busyIndex;
        }

        DynamoErrors.ThrowIf(
            record.Replicas is { Count: > 0 } && input.BillingMode == BillingMode.Provisioned,
            "Table write capacity should either be Pay-Per-Request or AutoScaled.");
        record = Billing(record, input, context.Time);
        foreach (var update in updates)
        {
            if (update.Create is { } create)
            {
                record = Create(record, create, input.AttributeDefinitions ?? [], context.Region);
                continue;
            }

            var name = update.Update?.IndexName ?? update.Delete!.IndexName;
            if (record.Indexes.FirstOrDefault(index => !index.Local && index.Name == name) is not { } existing)
            {
                return DynamoErrors.ResourceNotFound;
            }

            if (update.Delete is not null)
            {
                deleted = existing.Number;
                record = record with { Indexes = [.. record.Indexes.Where(index => index != existing)] };
                var used = TableDefinition.UsedAttributes(record);
                record = record with { Attributes = [.. record.Attributes.Where(attribute => used.Contains(attribute.Name))] };
            }
            else
            {
                var moved = Moved(existing, update.Update!, record, table.Meters, context);
                record = record with { Indexes = [.. record.Indexes.Select(index => index == existing ? moved : index)] };
            }
        }

        record = Throughput(TableQuotas.Reclassed(record, input.TableClass, context.Time), table, others, input, context) with
        {
            DeletionProtection = input.DeletionProtectionEnabled ?? record.DeletionProtection,
            UpdatingUntil = options.TableDelay == TimeSpan.Zero ? null : context.Time + options.TableDelay,
        };
        return Stream(record, input, context);
    }

    // What is about the table's throughput once its indexes are known.
    private static TableRecord Throughput(
        TableRecord record, Table table, IReadOnlyList<TableRecord>? others, UpdateTableInput input, CallContext context)
    {
        var bare = record.Indexes.FirstOrDefault(index => index is { Local: false, Throughput.Read: 0 });
        DynamoErrors.ThrowIf(
            input.BillingMode == BillingMode.Provisioned && bare is not null,
            $"{DynamoErrors.Parameters}ProvisionedThroughput must be specified for index: {bare?.Name}");

        record = record with
        {
            OnDemand = TableThroughput.OnDemand(
                input.OnDemandThroughput, record.OnDemand, record.PayPerRequest, isNew: false, index: null, context.Region),
            Warm = input.WarmThroughput is { } warm
                ? TableThroughput.MoreWarm(warm, table.Meters.Warm(record), index: null, context.Region)
                : record.Warm,
        };
        if (others is not null)
        {
            TableThroughput.CheckQuotas(record, others, context.Region);
        }

        return record.Warmed();
    }

    private static Outcome<TableRecord> Stream(TableRecord record, UpdateTableInput input, CallContext context)
    {
        if (input.StreamSpecification is not { } specification)
        {
            return record;
        }

        if (CreateTable.Stream(specification, context) is { } stream)
        {
            DynamoErrors.ThrowIf(record.Stream is { Enabled: true }, $"Table already has an enabled stream: TableName: {record.Name}");
            return record with { Stream = stream, StreamPolicy = null };
        }

        DynamoErrors.ThrowIf(
            record.Replicas is { Count: > 0 }, DynamoErrors.Parameters + "Disabling Stream is not allowed for a Global Table replica.");
        DynamoErrors.ThrowIf(record.Stream is not { Enabled: true }, $"Table is not a stream-enabled table: TableName: {record.Name}");
        return record with { Stream = record.Stream! with { Enabled = false } };
    }

    // The entries of an index that is gone.
    private static void Clear(PartitionState state, Batch batch, byte? deleted)
    {
        if (deleted is { } number)
        {
            batch.DeleteRange(KeyRange.Prefix([DynamoDbKeyspace.GlobalEntries, number]));
            state.Forget(number);
        }
    }

    private static TableRecord Create(
        TableRecord record, CreateGlobalSecondaryIndexAction create, IReadOnlyList<AttributeDefinition> definitions, Region region)
    {
        DynamoErrors.ThrowIf(
            record.Indexes.Any(index => index.Name == create.IndexName), $"Attempting to create an index which already exists: {create.IndexName}");
        var attributes = record.Attributes.ToList();
        foreach (var definition in definitions)
        {
            var known = attributes.Find(attribute => attribute.Name == definition.AttributeName);
            DynamoErrors.ThrowIf(
                known is not null && known.Type != definition.AttributeType,
                $"{DynamoErrors.Parameters}Cannot redefine the type of attribute {definition.AttributeName}");
            if (known is null)
            {
                attributes.Add(new AttributeRecord(definition.AttributeName, definition.AttributeType));
            }
        }

        var index = TableDefinition.Global(
            new GlobalSecondaryIndex
            {
                IndexName = create.IndexName,
                KeySchema = create.KeySchema,
                Projection = create.Projection,
                ProvisionedThroughput = create.ProvisionedThroughput,
                OnDemandThroughput = create.OnDemandThroughput,
                WarmThroughput = create.WarmThroughput,
            },
            record.NextIndex,
            record.PayPerRequest,
            [.. attributes.Select(attribute => new AttributeDefinition { AttributeName = attribute.Name, AttributeType = attribute.Type })],
            region);
        if (record.Indexes.Count(index => !index.Local) >= TableDefinition.MaxGlobalIndexes)
        {
            throw DynamoDbErrors.LimitExceededException.With(
                "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of 20").ToException();
        }

        DynamoErrors.ThrowIf(record.NextIndex == byte.MaxValue, "Haneul does not support more than 254 indexes over the life of a table yet.");
        record = record with
        {
            Attributes = attributes,
            Indexes = [.. record.Indexes, index with { Backfilling = true }],
            NextIndex = (byte)(record.NextIndex + 1),
        };
        TableDefinition.CheckTogether(record);
        return record;
    }

    private TableRecord Billing(TableRecord record, UpdateTableInput input, DateTimeOffset now)
    {
        var payPerRequest = input.BillingMode is null ? record.PayPerRequest : input.BillingMode == BillingMode.PayPerRequest;
        if (payPerRequest)
        {
            DynamoErrors.ThrowIf(
                input.ProvisionedThroughput is not null,
                DynamoErrors.Parameters + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
            return record.PayPerRequest ? record : TableThroughput.ToOnDemand(record, now, options.Throttling);
        }

        if (input.ProvisionedThroughput is null)
        {
            return record;
        }

        var wanted = TableThroughput.Provisioned(input.ProvisionedThroughput, payPerRequest: false, index: null);
        var current = record.Throughput;
        if (record.PayPerRequest)
        {
            return record with { PayPerRequest = false, OnDemand = null, Throughput = current with { Read = wanted.Read, Write = wanted.Write } };
        }

        DynamoErrors.ThrowIf(
            wanted.Read == current.Read && wanted.Write == current.Write && input.GlobalSecondaryIndexUpdates is null && input.StreamSpecification is null,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The provisioned throughput for the table will not change. The requested value equals the current value. "
                + $"Current ReadCapacityUnits provisioned for the table: {current.Read}. Requested ReadCapacityUnits: {wanted.Read}. "
                + $"Current WriteCapacityUnits provisioned for the table: {current.Write}. Requested WriteCapacityUnits: {wanted.Write}. "
                + $"Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits."));
        return record with { Throughput = TableThroughput.Moved(current, wanted, now, options.Throttling) };
    }

    // An update names any of the three kinds of throughput, each of which keeps what it does not name.
    private IndexRecord Moved(
        IndexRecord index, UpdateGlobalSecondaryIndexAction update, TableRecord table, TableMeters meters, CallContext context)
    {
        var onDemand = TableThroughput.OnDemand(update.OnDemandThroughput, index.OnDemand, table.PayPerRequest, isNew: false, index.Name, context.Region);
        var throughput = index.Throughput;
        if (update.ProvisionedThroughput is not null || (update.OnDemandThroughput is null && update.WarmThroughput is null))
        {
            var wanted = TableThroughput.Provisioned(update.ProvisionedThroughput, table.PayPerRequest, index.Name);
            throughput = TableThroughput.Moved(throughput, wanted, context.Time, options.Throttling);
        }

        return index with
        {
            Throughput = throughput,
            OnDemand = onDemand,
            Warm = update.WarmThroughput is { } warm
                ? TableThroughput.MoreWarm(warm, meters.Warm(index, table.PayPerRequest), index.Name, context.Region)
                : index.Warm,
        };
    }
}
