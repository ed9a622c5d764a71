using Haneul.DynamoDb.Contracts;
using Haneul.Integration.Metrics;
using Haneul.Integration.Scaling;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.DynamoDb.Integration;

/// <summary>
/// Read and write capacity of tables and global indexes, for Application Auto Scaling: <c>table/name</c> and <c>table/name/index/name</c>. Reads and
/// changes go through the pipeline, as everybody's do.
/// </summary>
internal sealed class TableScaling(IOperationInvoker operations) : IScalableDimensions
{
    private const string TableRead = "dynamodb:table:ReadCapacityUnits";
    private const string TableWrite = "dynamodb:table:WriteCapacityUnits";
    private const string IndexRead = "dynamodb:index:ReadCapacityUnits";
    private const string IndexWrite = "dynamodb:index:WriteCapacityUnits";

    public string ServiceNamespace => "dynamodb";

    public string ServiceLinkedRole => "AWSServiceRoleForApplicationAutoScaling_DynamoDBTable";

    public ScalingDimension? Find(string resourceId, string dimension)
    {
        if (!TryParse(resourceId, out var table, out var index) || dimension is not (TableRead or TableWrite or IndexRead or IndexWrite)
            || dimension is TableRead or TableWrite != index is null)
        {
            return null;
        }

        var read = IsRead(dimension);
        MetricDimension[] dimensions = index is null
            ? [new("TableName", table)]
            : [new("TableName", table), new("GlobalSecondaryIndexName", index)];
        return new ScalingDimension(
            read ? "read capacity units" : "write capacity units",
            LeastCapacity: 1,
            read ? "DynamoDBReadCapacityUtilization" : "DynamoDBWriteCapacityUtilization",
            "AWS/DynamoDB",
            read ? "ConsumedReadCapacityUnits" : "ConsumedWriteCapacityUnits",
            dimensions);
    }

    public async ValueTask<Outcome<ScalableCapacity>> ReadAsync(string resourceId, string dimension, CallContext origin, CancellationToken cancel)
    {
        var throughput = await ThroughputAsync(resourceId, origin, cancel);
        return throughput.Succeeded
            ? new ScalableCapacity((int)((IsRead(dimension) ? throughput.Value.ReadCapacityUnits : throughput.Value.WriteCapacityUnits) ?? 0))
            : throughput.Error;
    }

    public async ValueTask<Outcome<Unit>> SetAsync(string resourceId, string dimension, int capacity, CallContext origin, CancellationToken cancel)
    {
        var present = await ThroughputAsync(resourceId, origin, cancel);
        if (!present.Succeeded || !TryParse(resourceId, out var table, out var index))
        {
            return present.Error ?? NotFound("table", resourceId);
        }

        var throughput = new ProvisionedThroughput
        {
            ReadCapacityUnits = IsRead(dimension) ? capacity : present.Value.ReadCapacityUnits,
            WriteCapacityUnits = IsRead(dimension) ? present.Value.WriteCapacityUnits : capacity,
        };
        var input = index is null
            ? new UpdateTableInput { TableName = table, ProvisionedThroughput = throughput }
            : new UpdateTableInput
            {
                TableName = table,
                GlobalSecondaryIndexUpdates =
                    [new() { Update = new UpdateGlobalSecondaryIndexAction { IndexName = index, ProvisionedThroughput = throughput } }],
            };
        var updated = await operations.InvokeAsync(DynamoDbOperations.UpdateTable, input, origin, cancel);
        return updated.Succeeded ? Unit.Value : updated.Error;
    }

    private async ValueTask<Outcome<ProvisionedThroughputDescription>> ThroughputAsync(string resourceId, CallContext origin, CancellationToken cancel)
    {
        if (!TryParse(resourceId, out var name, out var index))
        {
            return NotFound("table", resourceId);
        }

        var described = await operations.InvokeAsync(DynamoDbOperations.DescribeTable, new DescribeTableInput { TableName = name }, origin, cancel);
        if (!described.Succeeded)
        {
            return described.Error.Shape.Name == DynamoDbErrors.ResourceNotFoundException.Name ? NotFound("table", resourceId) : described.Error;
        }

        var table = described.Value.Table!;
        var throughput = index is null
            ? table.ProvisionedThroughput
            : table.GlobalSecondaryIndexes?.FirstOrDefault(candidate => candidate.IndexName == index)?.ProvisionedThroughput;
        return throughput is null ? NotFound("index", resourceId) : throughput;
    }

    private static ServiceError NotFound(string kind, string resourceId) =>
        CommonErrors.ValidationException.With($"DynamoDB {kind} does not exist: {resourceId}");

    private static bool IsRead(string dimension) => dimension is TableRead or IndexRead;

    private static bool TryParse(string resourceId, out string table, out string? index)
    {
        (table, index) = ("", null);
        switch (resourceId.Split('/'))
        {
            case ["table", { Length: > 0 } name]:
                table = name;
                return true;
            case ["table", { Length: > 0 } name, "index", { Length: > 0 } part]:
                (table, index) = (name, part);
                return true;
            default:
                return false;
        }
    }
}
