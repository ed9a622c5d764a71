using Haneul.DynamoDb.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Tables;

/// <summary>
/// Tells everything about a table.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html"/>
/// </summary>
internal sealed class DescribeTable(TableStore tables) : IHandler<DescribeTableInput, DescribeTableOutput>
{
    public ValueTask<Outcome<DescribeTableOutput>> HandleAsync(DescribeTableInput input, CallContext context, CancellationToken cancel)
    {
        var table = tables.Find(context, input.TableName);
        return new(table is null
            ? DynamoErrors.TableNotFound(TableStore.Locate(context, input.TableName).Name)
            : new DescribeTableOutput { Table = TableDescriber.Describe(table, tables.Now, settled: true) });
    }
}
