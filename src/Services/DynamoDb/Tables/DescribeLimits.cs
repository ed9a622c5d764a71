using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Throttling;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Tables;

/// <summary>
/// The quotas of an account, which are those of a new one.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeLimits.html"/>
/// </summary>
internal sealed class DescribeLimits : IHandler<DescribeLimitsInput, DescribeLimitsOutput>
{
    public ValueTask<Outcome<DescribeLimitsOutput>> HandleAsync(DescribeLimitsInput input, CallContext context, CancellationToken cancel) =>
        new(new DescribeLimitsOutput
        {
            AccountMaxReadCapacityUnits = TableThroughput.AccountQuota,
            AccountMaxWriteCapacityUnits = TableThroughput.AccountQuota,
            TableMaxReadCapacityUnits = Meter.Quota,
            TableMaxWriteCapacityUnits = Meter.Quota,
        });
}
