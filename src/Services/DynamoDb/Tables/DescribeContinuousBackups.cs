using Haneul.DynamoDb.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Tables;

/// <summary>
/// Point-in-time recovery is never on: <c>UpdateContinuousBackups</c> is not served.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html"/>
/// </summary>
internal sealed class DescribeContinuousBackups(TableStore tables) : IHandler<DescribeContinuousBackupsInput, DescribeContinuousBackupsOutput>
{
    public ValueTask<Outcome<DescribeContinuousBackupsOutput>> HandleAsync(
        DescribeContinuousBackupsInput input, CallContext context, CancellationToken cancel)
    {
        if (tables.Find(context, input.TableName) is null)
        {
            return new(DynamoDbErrors.TableNotFoundException.With($"Table not found: {TableStore.Locate(context, input.TableName).Name}"));
        }

        return new(new DescribeContinuousBackupsOutput
        {
            ContinuousBackupsDescription = new ContinuousBackupsDescription
            {
                // On every table, as on AWS, whether or not anything can be recovered.
                ContinuousBackupsStatus = ContinuousBackupsStatus.Enabled,
                PointInTimeRecoveryDescription = new PointInTimeRecoveryDescription
                {
                    PointInTimeRecoveryStatus = PointInTimeRecoveryStatus.Disabled,
                },
            },
        });
    }
}
