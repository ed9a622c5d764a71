using Haneul.DynamoDb.Streams;
using Haneul.DynamoDb.Streams.Contracts;
using Haneul.Kernel.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.DynamoDb;

/// <summary>Amazon DynamoDB Streams: the changes of the tables that <see cref="DynamoDbModule"/> keeps, which has to be there too.</summary>
public sealed class DynamoDbStreamsModule : IServiceModule
{
    public ServiceModel Model => DynamoDbStreamsOperations.Model;

    public IReadOnlyList<string> Differences =>
    [
        "A stream has one shard, which is open as long as the stream is enabled.",
        "The records of a disabled stream are gone when the table's stream is enabled again.",
    ];

    public void Register(IServiceCollection services) => services.AddSingleton<StreamTable>();

    public void Map(OperationTable operations)
    {
        operations.Map(DynamoDbStreamsOperations.DescribeStream).Needs("dynamodb:DescribeStream", (input, _) => input.StreamArn).Use<DescribeStream>();
        operations.Map(DynamoDbStreamsOperations.GetRecords)
            .Needs("dynamodb:GetRecords", (input, _) => StreamTable.TryParseIterator(input.ShardIterator, out var arn, out var _, out var _) ? arn : "*")
            .Use<GetRecords>();
        operations.Map(DynamoDbStreamsOperations.GetShardIterator).Needs("dynamodb:GetShardIterator", (input, _) => input.StreamArn).Use<GetShardIterator>();
        operations.Map(DynamoDbStreamsOperations.ListStreams).Needs("dynamodb:ListStreams").Use<ListStreams>();
    }
}
