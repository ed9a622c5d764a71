using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Backups;

/// <summary>
/// Tells from when to when a table can be restored.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html"/>
/// </summary>
internal sealed class DescribeContinuousBackups(TableStore tables) : IHandler<DescribeContinuousBackupsInput, DescribeContinuousBackupsOutput>
{
    public ValueTask<Outcome<DescribeContinuousBackupsOutput>> HandleAsync(
        DescribeContinuousBackupsInput input, CallContext context, CancellationToken cancel) =>
        new(tables.Find(context, input.TableName) is { } table
            ? new DescribeContinuousBackupsOutput { ContinuousBackupsDescription = ContinuousBackups.Describe(table.Record, tables.Now) }
            : DynamoDbErrors.TableNotFoundException.With($"Table not found: {TableStore.Locate(context, input.TableName).Name}"));
}
