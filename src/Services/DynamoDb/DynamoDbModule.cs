using Haneul.DynamoDb.Batches;
using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Expiry;
using Haneul.DynamoDb.Integration;
using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.PartiQl;
using Haneul.DynamoDb.Policies;
using Haneul.DynamoDb.Reads;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Transactions;
using Haneul.Integration.Scaling;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Haneul.DynamoDb;

/// <summary>Amazon DynamoDB.</summary>
public sealed class DynamoDbModule(DynamoDbOptions? options = null) : IServiceModule
{
    private readonly ItemConditions _conditions = new();

    public ServiceModel Model => DynamoDbOperations.Model;

    public IReadOnlyList<string> Differences =>
    [
        "Eventually consistent reads and global secondary indexes see every acknowledged write.",
        "DescribeTable tells exact item counts and sizes at every moment.",
        "Scans of a global secondary index return entries with one hash key together, in the order of their range keys.",
        "Tables take no customer-managed encryption, warm or on-demand throughput, resource policy, replicas or Kinesis destinations yet.",
        "Item collections may grow beyond 10 GB.",
    ];

    public void Register(IServiceCollection services)
    {
        // What the host has set stands.
        services.TryAddSingleton(options ?? new DynamoDbOptions());
        services.AddSingleton(provider =>
        {
            var tables = new TableStore(
                provider.GetRequiredService<IStore>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<DynamoDbOptions>());
            _conditions.Tables = tables;
            return tables;
        });
        services.AddSingleton<IResourceFacts, TableFacts>();
        services.AddSingleton<IScalableDimensions, TableScaling>();
        services.AddSingleton<TableRemoval>();
        services.AddSingleton<TableChanger>();
        services.AddSingleton<ItemWriter>();
        services.AddSingleton<TableWork>();
        services.AddSingleton<TableFilling>();
        services.AddSingleton<ExpirySweep>();
        services.AddSingleton<TransactionTokens>();
        services.AddSingleton<TransactWriter>();
        services.AddSingleton<StatementRunner>();
        services.AddSingleton<TableLoop>();
        services.AddHostedService(static provider => provider.GetRequiredService<TableLoop>());
    }

    public void Map(OperationTable operations)
    {
        operations.Map(DynamoDbOperations.BatchExecuteStatement).NeedsNothing().Keys(StatementConditions.Of).Use<BatchExecuteStatement>();
        operations.Map(DynamoDbOperations.BatchGetItem)
            .NeedsEach("dynamodb:BatchGetItem", (input, context) => input.RequestItems.Keys.Select(name => TableArn.Of(context, name)))
            .Keys(_conditions.OfBatchGet).Use<BatchGetItem>();
        operations.Map(DynamoDbOperations.BatchWriteItem)
            .NeedsEach("dynamodb:BatchWriteItem", (input, context) => input.RequestItems.Keys.Select(name => TableArn.Of(context, name)))
            .Keys(_conditions.OfBatchWrite).Use<BatchWriteItem>();
        operations.Map(DynamoDbOperations.CreateTable)
            .Needs("dynamodb:CreateTable", (input, context) => TableArn.Of(context, input.TableName))
            .Keys((input, _, keys) => keys.RequestTags((input.Tags ?? []).Select(tag => new KeyValuePair<string, string>(tag.Key, tag.Value))))
            .Use<CreateTable>();
        operations.Map(DynamoDbOperations.DeleteItem)
            .Needs("dynamodb:DeleteItem", (input, context) => TableArn.Of(context, input.TableName)).Keys(_conditions.Of).Use<DeleteItem>();
        operations.Map(DynamoDbOperations.DeleteTable)
            .Needs("dynamodb:DeleteTable", (input, context) => TableArn.Of(context, input.TableName)).Use<DeleteTable>();
        operations.Map(DynamoDbOperations.DescribeContinuousBackups)
            .Needs("dynamodb:DescribeContinuousBackups", (input, context) => TableArn.Of(context, input.TableName))
            .Use<DescribeContinuousBackups>();
        operations.Map(DynamoDbOperations.DescribeEndpoints).Needs("dynamodb:DescribeEndpoints").Use<DescribeEndpoints>();
        operations.Map(DynamoDbOperations.DescribeLimits).Needs("dynamodb:DescribeLimits").Use<DescribeLimits>();
        operations.Map(DynamoDbOperations.DescribeTable)
            .Needs("dynamodb:DescribeTable", (input, context) => TableArn.Of(context, input.TableName)).Use<DescribeTable>();
        operations.Map(DynamoDbOperations.DescribeTimeToLive)
            .Needs("dynamodb:DescribeTimeToLive", (input, context) => TableArn.Of(context, input.TableName)).Use<DescribeTimeToLive>();
        operations.Map(DynamoDbOperations.ExecuteStatement).NeedsNothing().Keys(StatementConditions.Of).Use<ExecuteStatement>();
        operations.Map(DynamoDbOperations.ExecuteTransaction).NeedsNothing().Keys(StatementConditions.Of).Use<ExecuteTransaction>();
        operations.Map(DynamoDbOperations.GetItem)
            .Needs("dynamodb:GetItem", (input, context) => TableArn.Of(context, input.TableName)).Keys(_conditions.Of).Use<GetItem>();
        operations.Map(DynamoDbOperations.ListTables).Needs("dynamodb:ListTables").Use<ListTables>();
        operations.Map(DynamoDbOperations.ListTagsOfResource)
            .Needs("dynamodb:ListTagsOfResource", (input, context) => TableArn.Of(context, input.ResourceArn)).Use<ListTagsOfResource>();
        operations.Map(DynamoDbOperations.PutItem)
            .Needs("dynamodb:PutItem", (input, context) => TableArn.Of(context, input.TableName)).Keys(_conditions.Of).Use<PutItem>();
        operations.Map(DynamoDbOperations.Query)
            .Needs("dynamodb:Query", (input, context) => TableArn.Of(context, input.TableName, input.IndexName)).Keys(ItemConditions.OfQuery).Use<Query>();
        operations.Map(DynamoDbOperations.Scan)
            .Needs("dynamodb:Scan", (input, context) => TableArn.Of(context, input.TableName, input.IndexName)).Keys(ItemConditions.OfScan).Use<Scan>();
        operations.Map(DynamoDbOperations.TagResource)
            .Needs("dynamodb:TagResource", (input, context) => TableArn.Of(context, input.ResourceArn))
            .Keys((input, _, keys) => keys.RequestTags(input.Tags.Select(tag => new KeyValuePair<string, string>(tag.Key, tag.Value))))
            .Use<TagResource>();
        operations.Map(DynamoDbOperations.TransactGetItems)
            .NeedsEach("dynamodb:GetItem", (input, context) => input.TransactItems.Select(item => TableArn.Of(context, item.Get.TableName)))
            .Keys(_conditions.OfTransactGet).Use<TransactGetItems>();
        operations.Map(DynamoDbOperations.TransactWriteItems)
            .NeedsEach("dynamodb:PutItem", (input, context) => Tables(input, context, item => item.Put?.TableName))
            .NeedsEach("dynamodb:UpdateItem", (input, context) => Tables(input, context, item => item.Update?.TableName))
            .NeedsEach("dynamodb:DeleteItem", (input, context) => Tables(input, context, item => item.Delete?.TableName))
            .NeedsEach("dynamodb:ConditionCheckItem", (input, context) => Tables(input, context, item => item.ConditionCheck?.TableName))
            .Keys(_conditions.OfTransactWrite).Use<TransactWriteItems>();
        operations.Map(DynamoDbOperations.UntagResource)
            .Needs("dynamodb:UntagResource", (input, context) => TableArn.Of(context, input.ResourceArn))
            .Keys((input, _, keys) => keys.Key("aws:TagKeys", input.TagKeys))
            .Use<UntagResource>();
        operations.Map(DynamoDbOperations.UpdateItem)
            .Needs("dynamodb:UpdateItem", (input, context) => TableArn.Of(context, input.TableName)).Keys(_conditions.Of).Use<UpdateItem>();
        operations.Map(DynamoDbOperations.UpdateTable)
            .Needs("dynamodb:UpdateTable", (input, context) => TableArn.Of(context, input.TableName)).Use<UpdateTable>();
        operations.Map(DynamoDbOperations.UpdateTimeToLive)
            .Needs("dynamodb:UpdateTimeToLive", (input, context) => TableArn.Of(context, input.TableName)).Use<UpdateTimeToLive>();
    }

    // The tables of one kind of a transaction's parts.
    private static IEnumerable<string> Tables(TransactWriteItemsInput input, CallContext context, Func<TransactWriteItem, string?> table) =>
        input.TransactItems.Select(table).OfType<string>().Select(name => TableArn.Of(context, name));
}
