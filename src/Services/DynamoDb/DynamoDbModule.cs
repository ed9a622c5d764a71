using Haneul.DynamoDb.Backups;
using Haneul.DynamoDb.Batches;
using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Expiry;
using Haneul.DynamoDb.GlobalTables;
using Haneul.DynamoDb.Insights;
using Haneul.DynamoDb.Integration;
using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.Metrics;
using Haneul.DynamoDb.PartiQl;
using Haneul.DynamoDb.Policies;
using Haneul.DynamoDb.Reads;
using Haneul.DynamoDb.Streams;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Transactions;
using Haneul.Integration.Metrics;
using Haneul.Integration.Scaling;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Haneul.DynamoDb;

/// <summary>Amazon DynamoDB.</summary>
public sealed class DynamoDbModule(DynamoDbOptions? options = null) : IServiceModule
{
    private readonly ItemConditions _conditions = new();
    private RequestMetrics? _requests;

    public ServiceModel Model => DynamoDbOperations.Model;

    public IReadOnlyList<string> Differences =>
    [
        "Eventually consistent reads and global secondary indexes see every acknowledged write.",
        "DescribeTable tells exact item counts and sizes at every moment.",
        "Scans of a global secondary index return entries with one hash key together, in the order of their range keys.",
        "Tables take no keys of KMS.",
        "Tables can be restored to this very moment, where AWS is five minutes behind; not into another region.",
        "Global tables are of version 2019.11.21 and eventually consistent; replicas have no settings of their own but their table class.",
        "There are no Kinesis destinations, exports and imports, for want of Kinesis and S3.",
        "Contributor insights keep their state only: CloudWatch has no rules of theirs.",
        "Resource policies act at once and may be changed as often as one likes.",
    ];

    public void Register(IServiceCollection services)
    {
        // What the host has set stands.
        services.TryAddSingleton(options ?? new DynamoDbOptions());
        services.AddSingleton(provider =>
        {
            var tables = new TableStore(
                provider.GetRequiredService<IStore>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<DynamoDbOptions>(),
                provider.GetRequiredService<MetricReporter>());
            _conditions.Tables = tables;
            _requests = new RequestMetrics(tables, provider.GetRequiredService<MetricReporter>());
            return tables;
        });
        services.AddMetricReporter();
        services.AddSingleton<IMetricSource, CapacityGauges>();
        services.AddSingleton<IResourceFacts, TableFacts>();
        services.AddSingleton<IScalableDimensions, TableScaling>();
        services.AddSingleton<TableRemoval>();
        services.AddSingleton<TableChanger>();
        services.AddSingleton<ItemWriter>();
        services.AddSingleton<TableWork>();
        services.AddSingleton<TableFilling>();
        services.AddSingleton<ExpirySweep>();
        services.AddSingleton<StreamTable>();
        services.AddSingleton<StreamUpkeep>();
        services.AddSingleton<TransactionTokens>();
        services.AddSingleton<TransactWriter>();
        services.AddSingleton<StatementRunner>();
        services.AddSingleton<TableLoop>();
        services.AddHostedService(static provider => provider.GetRequiredService<TableLoop>());
        services.AddSingleton<ReplicaGroup>();
        services.AddSingleton<Replicator>();
        services.AddSingleton<ReplicationWork>();
        services.AddSingleton<ReplicationLoop>();
        services.AddHostedService(static provider => provider.GetRequiredService<ReplicationLoop>());
        services.AddSingleton<BackupTable>();
        services.AddSingleton<BackupWork>();
        services.AddSingleton<Restorer>();
        services.AddSingleton<BackupLoop>();
        services.AddHostedService(static provider => provider.GetRequiredService<BackupLoop>());
    }

    public void Map(OperationTable operations)
    {
        operations.Map(DynamoDbOperations.BatchExecuteStatement).NeedsAsItSays(_conditions.Of)
            .Observe((input, context, outcome, took) => _requests?.NoteStatements(
                "BatchExecuteStatement", context, input.Statements.Select(statement => statement.Statement), outcome.Error, took))
            .Use<BatchExecuteStatement>();
        operations.Map(DynamoDbOperations.BatchGetItem)
            .NeedsEach("dynamodb:BatchGetItem", (input, context) => input.RequestItems.Keys.Select(name => TableArn.Of(context, name)))
            .Keys(_conditions.OfBatchGet)
            .Observe((input, context, outcome, took) => _requests?.Note("BatchGetItem", context, input.RequestItems.Keys, outcome.Error, took))
            .Use<BatchGetItem>();
        operations.Map(DynamoDbOperations.BatchWriteItem)
            .NeedsEach("dynamodb:BatchWriteItem", (input, context) => input.RequestItems.Keys.Select(name => TableArn.Of(context, name)))
            .Keys(_conditions.OfBatchWrite)
            .Observe((input, context, outcome, took) => _requests?.Note("BatchWriteItem", context, input.RequestItems.Keys, outcome.Error, took))
            .Use<BatchWriteItem>();
        operations.Map(DynamoDbOperations.CreateBackup)
            .Needs("dynamodb:CreateBackup", (input, context) => TableArn.Of(context, input.TableName)).Use<CreateBackup>();
        operations.Map(DynamoDbOperations.CreateTable)
            .Needs("dynamodb:CreateTable", (input, context) => TableArn.Of(context, input.TableName))
            .Keys((input, _, keys) => keys.RequestTags((input.Tags ?? []).Select(tag => new KeyValuePair<string, string>(tag.Key, tag.Value))))
            .Use<CreateTable>();
        operations.Map(DynamoDbOperations.DeleteBackup).Needs("dynamodb:DeleteBackup", (input, _) => input.BackupArn).Use<DeleteBackup>();
        operations.Map(DynamoDbOperations.DeleteItem)
            .Needs("dynamodb:DeleteItem", (input, context) => TableArn.Of(context, input.TableName)).Keys(_conditions.Of)
            .Observe((input, context, outcome, took) => _requests?.Note("DeleteItem", context, input.TableName, outcome.Error, took))
            .Use<DeleteItem>();
        operations.Map(DynamoDbOperations.DeleteResourcePolicy)
            .Needs("dynamodb:DeleteResourcePolicy", (input, _) => input.ResourceArn).Use<DeleteResourcePolicy>();
        operations.Map(DynamoDbOperations.DeleteTable)
            .Needs("dynamodb:DeleteTable", (input, context) => TableArn.Of(context, input.TableName)).Use<DeleteTable>();
        operations.Map(DynamoDbOperations.DescribeBackup).Needs("dynamodb:DescribeBackup", (input, _) => input.BackupArn).Use<DescribeBackup>();
        operations.Map(DynamoDbOperations.DescribeContinuousBackups)
            .Needs("dynamodb:DescribeContinuousBackups", (input, context) => TableArn.Of(context, input.TableName))
            .Use<DescribeContinuousBackups>();
        operations.Map(DynamoDbOperations.DescribeContributorInsights)
            .Needs("dynamodb:DescribeContributorInsights", (input, context) => TableArn.Of(context, input.TableName, input.IndexName))
            .Use<DescribeContributorInsights>();
        operations.Map(DynamoDbOperations.DescribeEndpoints).Needs("dynamodb:DescribeEndpoints").Use<DescribeEndpoints>();
        operations.Map(DynamoDbOperations.DescribeLimits).Needs("dynamodb:DescribeLimits").Use<DescribeLimits>();
        operations.Map(DynamoDbOperations.DescribeTable)
            .Needs("dynamodb:DescribeTable", (input, context) => TableArn.Of(context, input.TableName)).Use<DescribeTable>();
        operations.Map(DynamoDbOperations.DescribeTimeToLive)
            .Needs("dynamodb:DescribeTimeToLive", (input, context) => TableArn.Of(context, input.TableName)).Use<DescribeTimeToLive>();
        operations.Map(DynamoDbOperations.ExecuteStatement).NeedsAsItSays(_conditions.Of)
            .Observe((input, context, outcome, took) => _requests?.NoteStatements(
                "ExecuteStatement", context, [input.Statement], outcome.Error, took, outcome.Value?.Items?.Count))
            .Use<ExecuteStatement>();
        operations.Map(DynamoDbOperations.ExecuteTransaction).NeedsAsItSays(_conditions.Of)
            .Observe((input, context, outcome, took) => _requests?.NoteStatements(
                "ExecuteTransaction", context, input.TransactStatements.Select(statement => statement.Statement), outcome.Error, took))
            .Use<ExecuteTransaction>();
        operations.Map(DynamoDbOperations.GetItem)
            .Needs("dynamodb:GetItem", (input, context) => TableArn.Of(context, input.TableName)).Keys(_conditions.Of)
            .Observe((input, context, outcome, took) => _requests?.Note("GetItem", context, input.TableName, outcome.Error, took))
            .Use<GetItem>();
        operations.Map(DynamoDbOperations.GetResourcePolicy)
            .Needs("dynamodb:GetResourcePolicy", (input, _) => input.ResourceArn).Use<GetResourcePolicy>();
        operations.Map(DynamoDbOperations.ListBackups).Needs("dynamodb:ListBackups").Use<ListBackups>();
        operations.Map(DynamoDbOperations.ListContributorInsights)
            .Needs("dynamodb:ListContributorInsights").Use<ListContributorInsights>();
        operations.Map(DynamoDbOperations.ListTables).Needs("dynamodb:ListTables").Use<ListTables>();
        operations.Map(DynamoDbOperations.ListTagsOfResource)
            .Needs("dynamodb:ListTagsOfResource", (input, context) => TableArn.Of(context, input.ResourceArn)).Use<ListTagsOfResource>();
        operations.Map(DynamoDbOperations.PutItem)
            .Needs("dynamodb:PutItem", (input, context) => TableArn.Of(context, input.TableName)).Keys(_conditions.Of)
            .Observe((input, context, outcome, took) => _requests?.Note("PutItem", context, input.TableName, outcome.Error, took))
            .Use<PutItem>();
        operations.Map(DynamoDbOperations.PutResourcePolicy)
            .Needs("dynamodb:PutResourcePolicy", (input, _) => input.ResourceArn).Use<PutResourcePolicy>();
        operations.Map(DynamoDbOperations.Query)
            .Needs("dynamodb:Query", (input, context) => TableArn.Of(context, input.TableName, input.IndexName)).Keys(_conditions.OfQuery)
            .Observe((input, context, outcome, took) => _requests?.Note("Query", context, input.TableName, outcome.Error, took, outcome.Value?.Count))
            .Use<Query>();
        Filling(operations.Map(DynamoDbOperations.RestoreTableFromBackup)
                .Needs("dynamodb:RestoreTableFromBackup", (input, _) => input.BackupArn), input => input.TargetTableName)
            .Use<RestoreTableFromBackup>();
        Filling(operations.Map(DynamoDbOperations.RestoreTableToPointInTime)
                .Needs("dynamodb:RestoreTableToPointInTime", (input, context) => TableArn.Of(context, input.SourceTableArn ?? input.SourceTableName)),
                input => input.TargetTableName)
            .Use<RestoreTableToPointInTime>();
        operations.Map(DynamoDbOperations.Scan)
            .Needs("dynamodb:Scan", (input, context) => TableArn.Of(context, input.TableName, input.IndexName)).Keys(ItemConditions.OfScan)
            .Observe((input, context, outcome, took) => _requests?.Note("Scan", context, input.TableName, outcome.Error, took, outcome.Value?.Count))
            .Use<Scan>();
        operations.Map(DynamoDbOperations.TagResource)
            .Needs("dynamodb:TagResource", (input, context) => TableArn.Of(context, input.ResourceArn))
            .Keys((input, _, keys) => keys.RequestTags(input.Tags.Select(tag => new KeyValuePair<string, string>(tag.Key, tag.Value))))
            .Use<TagResource>();
        operations.Map(DynamoDbOperations.TransactGetItems)
            .NeedsEach("dynamodb:GetItem", (input, context) => input.TransactItems.Select(item => TableArn.Of(context, item.Get.TableName)))
            .Keys(_conditions.OfTransactGet)
            .Observe((input, context, outcome, took) => _requests?.Note("TransactGetItems", context, input.TransactItems.Select(item => item.Get.TableName).Distinct(), outcome.Error, took))
            .Use<TransactGetItems>();
        operations.Map(DynamoDbOperations.TransactWriteItems)
            .NeedsEach("dynamodb:PutItem", (input, context) => Tables(input, context, item => item.Put?.TableName))
            .NeedsEach("dynamodb:UpdateItem", (input, context) => Tables(input, context, item => item.Update?.TableName))
            .NeedsEach("dynamodb:DeleteItem", (input, context) => Tables(input, context, item => item.Delete?.TableName))
            .NeedsEach("dynamodb:ConditionCheckItem", (input, context) => Tables(input, context, item => item.ConditionCheck?.TableName))
            .Keys(_conditions.OfTransactWrite)
            .Observe((input, context, outcome, took) => _requests?.Note("TransactWriteItems", context, Named(input), outcome.Error, took))
            .Use<TransactWriteItems>();
        operations.Map(DynamoDbOperations.UntagResource)
            .Needs("dynamodb:UntagResource", (input, context) => TableArn.Of(context, input.ResourceArn))
            .Keys((input, _, keys) => keys.Key("aws:TagKeys", input.TagKeys))
            .Use<UntagResource>();
        operations.Map(DynamoDbOperations.UpdateContinuousBackups)
            .Needs("dynamodb:UpdateContinuousBackups", (input, context) => TableArn.Of(context, input.TableName)).Use<UpdateContinuousBackups>();
        operations.Map(DynamoDbOperations.UpdateContributorInsights)
            .Needs("dynamodb:UpdateContributorInsights", (input, context) => TableArn.Of(context, input.TableName, input.IndexName))
            .Use<UpdateContributorInsights>();
        operations.Map(DynamoDbOperations.UpdateItem)
            .Needs("dynamodb:UpdateItem", (input, context) => TableArn.Of(context, input.TableName)).Keys(_conditions.Of)
            .Observe((input, context, outcome, took) => _requests?.Note("UpdateItem", context, input.TableName, outcome.Error, took))
            .Use<UpdateItem>();
        operations.Map(DynamoDbOperations.UpdateTable)
            .Needs("dynamodb:UpdateTable", (input, context) => TableArn.Of(context, input.TableName))
            .NeedsEach("dynamodb:CreateTableReplica", (input, context) => Replicas(input, context, update => update.Create?.RegionName))
            .NeedsEach("dynamodb:DeleteTableReplica", (input, context) => Replicas(input, context, update => update.Delete?.RegionName))
            .Use<UpdateTable>();
        operations.Map(DynamoDbOperations.UpdateTimeToLive)
            .Needs("dynamodb:UpdateTimeToLive", (input, context) => TableArn.Of(context, input.TableName)).Use<UpdateTimeToLive>();
    }

    private static IEnumerable<string> Named(TransactWriteItemsInput input) => input.TransactItems
        .Select(item => item.Put?.TableName ?? item.Update?.TableName ?? item.Delete?.TableName ?? item.ConditionCheck?.TableName)
        .OfType<string>().Distinct();

    // Who restores a table fills it, and needs what that takes.
    private static OperationRow<TInput, TOutput> Filling<TInput, TOutput>(OperationRow<TInput, TOutput> row, Func<TInput, string> target)
        where TInput : class, IShape<TInput>
        where TOutput : class, IShape<TOutput>
    {
        foreach (var action in (string[])["BatchWriteItem", "DeleteItem", "GetItem", "PutItem", "Query", "Scan", "UpdateItem"])
        {
            row.Needs("dynamodb:" + action, (input, context) => TableArn.Of(context, target(input)));
        }

        return row;
    }

    // The replicas that an update is about, where they are.
    private static IEnumerable<string> Replicas(UpdateTableInput input, CallContext context, Func<ReplicationGroupUpdate, string?> region) =>
        from name in (input.ReplicaUpdates ?? []).Select(region).OfType<string>()
        let table = TableStore.Locate(context, input.TableName)
        select Arn.Of("dynamodb", name, table.Account, "table/" + table.Name).ToString();

    // The tables of one kind of a transaction's parts.
    private static IEnumerable<string> Tables(TransactWriteItemsInput input, CallContext context, Func<TransactWriteItem, string?> table) =>
        input.TransactItems.Select(table).OfType<string>().Select(name => TableArn.Of(context, name));
}
