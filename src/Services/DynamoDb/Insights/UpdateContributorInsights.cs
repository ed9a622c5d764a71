using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Insights;

/// <summary>
/// Turns contributor insights of a table or index on or off; what is so already stays as it is.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContributorInsights.html"/>
/// </summary>
internal sealed class UpdateContributorInsights(TableStore tables, TableChanger changer)
    : IHandler<UpdateContributorInsightsInput, UpdateContributorInsightsOutput>
{
    public async ValueTask<Outcome<UpdateContributorInsightsOutput>> HandleAsync(
        UpdateContributorInsightsInput input, CallContext context, CancellationToken cancel)
    {
        var enable = input.ContributorInsightsAction == ContributorInsightsAction.Enable;
        var changed = false;
        var outcome = await changer.ChangeAsync(context, input.TableName, record =>
        {
            DynamoErrors.ThrowIf(TableDescriber.Status(record, tables.Now) == TableStatus.Creating, "TableStatus must be ACTIVE");
            var current = ContributorInsights.Find(record, input.IndexName);
            var mode = enable ? input.ContributorInsightsMode ?? ContributorInsightsMode.AccessedAndThrottledKeys
                : current?.Mode ?? ContributorInsightsMode.AccessedAndThrottledKeys;
            changed = current is null ? enable : current.Enabled != enable || current.Mode != mode;
            return changed ? ContributorInsights.With(record, input.IndexName, new InsightsRecord(enable, mode, context.Time)) : record;
        });
        if (!outcome.Succeeded)
        {
            return outcome.Error;
        }

        var insights = ContributorInsights.Find(outcome.Value, input.IndexName);
        return new UpdateContributorInsightsOutput
        {
            TableName = outcome.Value.Name,
            IndexName = input.IndexName,
            ContributorInsightsStatus = !changed ? ContributorInsights.Status(insights)
                : enable ? ContributorInsightsStatus.Enabling
                : ContributorInsightsStatus.Disabling,
            ContributorInsightsMode = insights?.Mode,
        };
    }
}
