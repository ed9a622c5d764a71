using Haneul.DynamoDb.Integration;
using Haneul.DynamoDb.Streams;
using Haneul.DynamoDb.Streams.Contracts;
using Haneul.Integration;
using Haneul.Kernel.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.DynamoDb;

/// <summary>Amazon DynamoDB Streams: the changes of the tables that <see cref="DynamoDbModule"/> keeps, which has to be there too.</summary>
public sealed class DynamoDbStreamsModule : IServiceModule
{
    public ServiceModel Model => DynamoDbStreamsOperations.Model;

    public IReadOnlyList<string> Differences =>
    [
        "A stream begins with one shard, and splits it when a table writes more than 1,000 records a second or is provisioned for it.",
        "A shard is read at most ten times a second.",
    ];

    public void Register(IServiceCollection services)
    {
        services.AddSingleton<ReadThrottle>();
        services.AddSingleton<IRecordStreams, TableRecordStreams>();
    }

    public void Map(OperationTable operations)
    {
        operations.Map(DynamoDbStreamsOperations.DescribeStream).Needs("dynamodb:DescribeStream", (input, _) => input.StreamArn).Use<DescribeStream>();
        operations.Map(DynamoDbStreamsOperations.GetRecords)
            .Needs("dynamodb:GetRecords", (input, _) => ShardIterator.TryParse(input.ShardIterator, out var iterator) ? iterator.StreamArn : "*")
            .Use<GetRecords>();
        operations.Map(DynamoDbStreamsOperations.GetShardIterator).Needs("dynamodb:GetShardIterator", (input, _) => input.StreamArn).Use<GetShardIterator>();
        operations.Map(DynamoDbStreamsOperations.ListStreams).Needs("dynamodb:ListStreams").Use<ListStreams>();
    }
}
