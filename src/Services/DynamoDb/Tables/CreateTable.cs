using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Policies;
using Haneul.DynamoDb.Streams;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;

namespace Haneul.DynamoDb.Tables;

/// <summary>
/// Creates a table.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html"/>
/// </summary>
internal sealed class CreateTable(TableStore tables, TableRemoval removal, IIdSource ids, DynamoDbOptions options)
    : IHandler<CreateTableInput, CreateTableOutput>
{
    private const string Operation = "CreateTable";

    public async ValueTask<Outcome<CreateTableOutput>> HandleAsync(CreateTableInput input, CallContext context, CancellationToken cancel)
    {
        var record = Define(input, context);
        await removal.RemoveIfGoneAsync(context.Account, context.Region, record.Name);
        var outcome = await tables.CatalogOf(context).UpdateAsync((record, options.MaxTables), static (current, batch, state) =>
        {
            var key = DynamoDbKeyspace.Table(state.record.Name);
            if (current.Contains(key))
            {
                return DynamoDbErrors.ResourceInUseException.With($"Table already exists: {state.record.Name}");
            }

            var count = 0;
            foreach (var _ in current.Scan(KeyRange.Prefix([DynamoDbKeyspace.TableRecords])))
            {
                count++;
            }

            if (count >= state.MaxTables)
            {
                return TableQuotas.TooManyTables(state.MaxTables);
            }

            var (record, _) = state;
            record = record with { Stream = record.Stream is { } stream ? StreamUpkeep.WithFreshLabel(current, record.Name, stream) : null };
            batch.Put(key, record.Encode());
            return (Outcome<TableRecord>)record;
        });
        if (!outcome.Succeeded)
        {
            return outcome.Error;
        }

        var table = tables.Make(context.Account, context.Region, outcome.Value);
        return new CreateTableOutput
        {
            TableDescription = TableDescriber.Describe(table, tables.Now, settled: false, TableStatus.Creating),
        };
    }

    private TableRecord Define(CreateTableInput input, CallContext context)
    {
        var (account, region, name) = TableStore.Locate(context, input.TableName);
        DynamoErrors.ThrowIf(
            account != context.Account || region != context.Region, $"{DynamoErrors.Parameters}Invalid resource Arn: {input.TableName}");
        TableDefinition.CheckName(name);
        RefuseUnsupported(input);
        DynamoErrors.ThrowIf(input.KeySchema is null || input.AttributeDefinitions is null,
            $"The parameter '{(input.AttributeDefinitions is null ? "AttributeDefinitions" : "KeySchema")}' is required but was not present in the request");
        var payPerRequest = input.BillingMode == BillingMode.PayPerRequest;
        var throughput = TableThroughput.Provisioned(input.ProvisionedThroughput, payPerRequest, index: null);
        var attributes = input.AttributeDefinitions!;
        DynamoErrors.ThrowIf(
            input.KeySchema!.Count > 2,
            "1 validation error detected: Value '["
            + string.Join(", ", input.KeySchema.Select(key => $"KeySchemaElement(attributeName={key.AttributeName}, keyType={key.KeyType})"))
            + "]' at 'keySchema' failed to satisfy constraint: Member must have length less than or equal to 2");
        DynamoErrors.ThrowIf(
            input.KeySchema.Count > attributes.Count, "Invalid KeySchema: Some index key attribute have no definition");
        var (hash, range) = TableDefinition.Keys(input.KeySchema, attributes);
        if (input is { LocalSecondaryIndexes: null, GlobalSecondaryIndexes: null } && input.KeySchema.Count != attributes.Count)
        {
            DynamoErrors.Throw(
                DynamoErrors.Parameters + "Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions");
        }

        var indexes = Indexes(input, hash, range, payPerRequest, context.Region);
        var record = new TableRecord
        {
            Name = name,
            Id = ids.NewUuid(),
            Created = context.Time,
            ReadyAt = options.TableDelay == TimeSpan.Zero ? TableRecord.Ready : context.Time + options.TableDelay,
            Epoch = 1,
            Partitions = options.Partitions,
            Attributes = [.. attributes.Select(attribute => new AttributeRecord(attribute.AttributeName, attribute.AttributeType))],
            Hash = hash,
            Range = range,
            Indexes = indexes,
            NextIndex = (byte)(indexes.Count + 1),
            PayPerRequest = payPerRequest,
            PayPerRequestSince = payPerRequest ? context.Time : null,
            Throughput = throughput,
            OnDemand = TableThroughput.OnDemand(input.OnDemandThroughput, null, payPerRequest, isNew: true, index: null, context.Region),
            Warm = TableThroughput.NewWarm(input.WarmThroughput, payPerRequest, throughput, index: null, context.Region),
            DeletionProtection = input.DeletionProtectionEnabled == true,
            TableClass = input.TableClass,
            Stream = Stream(input.StreamSpecification, context),
            Tags = TableTags.Merge([], input.Tags ?? []),
            Policy = Policy(input.ResourcePolicy, name, context),
        };
        TableDefinition.CheckTogether(record);
        var others = tables.Records(context.Account, context.Region);
        TableQuotas.CheckChanging(others, tables.Now);
        if (options.Throttling)
        {
            TableThroughput.CheckQuotas(record, others, context.Region);
        }

        return record.Warmed();
    }

    private static List<IndexRecord> Indexes(CreateTableInput input, string hash, string? range, bool payPerRequest, Region region)
    {
        var indexes = new List<IndexRecord>();
        if (input.LocalSecondaryIndexes is { } locals)
        {
            DynamoErrors.ThrowIf(locals.Count == 0, DynamoErrors.Parameters + "List of LocalSecondaryIndexes is empty");
            DynamoErrors.ThrowIf(
                range is null,
                DynamoErrors.Parameters + "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex");
            foreach (var local in locals)
            {
                indexes.Add(TableDefinition.Local(local, (byte)(indexes.Count + 1), hash, input.AttributeDefinitions!));
            }
        }

        if (input.GlobalSecondaryIndexes is { } globals)
        {
            DynamoErrors.ThrowIf(globals.Count == 0, DynamoErrors.Parameters + "List of GlobalSecondaryIndexes is empty");
            foreach (var global in globals)
            {
                DynamoErrors.ThrowIf(
                    indexes.Count >= 100, DynamoErrors.Parameters + "GlobalSecondaryIndex count exceeds the per-table limit of 20");
                indexes.Add(TableDefinition.Global(
                    global, (byte)(indexes.Count + 1), payPerRequest, input.AttributeDefinitions!, region));
            }
        }

        return indexes;
    }

    public static StreamRecordOptions? Stream(StreamSpecification? specification, CallContext context)
    {
        if (specification is null)
        {
            return null;
        }

        if (specification.StreamEnabled != true)
        {
            DynamoErrors.ThrowIf(
                specification.StreamViewType is not null,
                DynamoErrors.Parameters + "StreamViewType can not be specified when StreamEnabled is false");
            return null;
        }

        DynamoErrors.ThrowIf(
            specification.StreamViewType is null, DynamoErrors.Parameters + "StreamViewType must be specified when StreamEnabled is true");
        return new StreamRecordOptions(specification.StreamViewType!, StreamRecordOptions.LabelOf(context.Time), Enabled: true);
    }

    private static PolicyRecord? Policy(string? given, string name, CallContext context)
    {
        if (given is null)
        {
            return null;
        }

        var document = ResourcePolicies.Accept(given);
        ResourcePolicies.CheckLockout(document, TableArn.Of(context.Account, context.Region, name).ToString(), context);
        return ResourcePolicies.Next(null, document, context.Time);
    }

    private static void RefuseUnsupported(CreateTableInput input)
    {
        TableQuotas.CheckEncryption(input.SSESpecification, Operation, isNew: true);
        TableDefinition.RefuseUnsupported(input.GlobalTableSourceArn is not null, "GlobalTableSourceArn", Operation);
        TableDefinition.RefuseUnsupported(input.GlobalTableSettingsReplicationMode is not null, "GlobalTableSettingsReplicationMode", Operation);
    }
}
