using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;

namespace Haneul.DynamoDb.Insights;

/// <summary>
/// Whether the most used keys of a table or an index are looked at. Only the setting is kept: there are no rules that count.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/contributorinsights_HowItWorks.html"/>
/// </summary>
internal static class ContributorInsights
{
    public static string Status(InsightsRecord? insights) =>
        insights?.Enabled == true ? ContributorInsightsStatus.Enabled : ContributorInsightsStatus.Disabled;

    /// <summary>The setting of a table, or of the global index that is named.</summary>
    public static InsightsRecord? Find(TableRecord table, string? index) => index is null ? table.Insights : IndexOf(table, index).Insights;

    public static TableRecord With(TableRecord table, string? index, InsightsRecord insights)
    {
        if (index is null)
        {
            return table with { Insights = insights };
        }

        var found = IndexOf(table, index);
        return table with { Indexes = [.. table.Indexes.Select(each => each == found ? each with { Insights = insights } : each)] };
    }

    private static IndexRecord IndexOf(TableRecord table, string index) =>
        table.Indexes.FirstOrDefault(each => !each.Local && each.Name == index)
        ?? throw DynamoDbErrors.ResourceNotFoundException.With($"Requested resource not found: Index: {index} not found").ToException();
}
