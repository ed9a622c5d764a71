using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Expiry;

/// <summary>
/// Tells whether a table's items expire.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTimeToLive.html"/>
/// </summary>
internal sealed class DescribeTimeToLive(TableStore tables) : IHandler<DescribeTimeToLiveInput, DescribeTimeToLiveOutput>
{
    public ValueTask<Outcome<DescribeTimeToLiveOutput>> HandleAsync(
        DescribeTimeToLiveInput input, CallContext context, CancellationToken cancel)
    {
        if (tables.Find(context, input.TableName) is not { } table)
        {
            return new(DynamoErrors.TableNotFound(TableStore.Locate(context, input.TableName).Name));
        }

        var record = table.Record;
        return new(new DescribeTimeToLiveOutput
        {
            TimeToLiveDescription = new TimeToLiveDescription
            {
                AttributeName = record.TtlAttribute,
                TimeToLiveStatus = record.TtlAttribute is null ? TimeToLiveStatus.Disabled
                    : record.TtlFilling ? TimeToLiveStatus.Enabling
                    : TimeToLiveStatus.Enabled,
            },
        });
    }
}
