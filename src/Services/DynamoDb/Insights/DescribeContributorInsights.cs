using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Insights;

/// <summary>
/// Tells whether contributor insights of a table or index are on.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContributorInsights.html"/>
/// </summary>
internal sealed class DescribeContributorInsights(TableStore tables) : IHandler<DescribeContributorInsightsInput, DescribeContributorInsightsOutput>
{
    public ValueTask<Outcome<DescribeContributorInsightsOutput>> HandleAsync(
        DescribeContributorInsightsInput input, CallContext context, CancellationToken cancel)
    {
        if (tables.Find(context, input.TableName) is not { } table)
        {
            return new(DynamoErrors.TableNotFound(TableStore.Locate(context, input.TableName).Name));
        }

        var insights = ContributorInsights.Find(table.Record, input.IndexName);
        return new(new DescribeContributorInsightsOutput
        {
            TableName = table.Name,
            IndexName = input.IndexName,
            ContributorInsightsStatus = ContributorInsights.Status(insights),
            ContributorInsightsMode = insights?.Mode,
            LastUpdateDateTime = insights?.Changed,
        });
    }
}
