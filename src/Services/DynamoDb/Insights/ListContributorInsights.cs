using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Insights;

/// <summary>
/// Lists the tables and indexes whose contributor insights are on, a table before its indexes.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListContributorInsights.html"/>
/// </summary>
internal sealed class ListContributorInsights(TableStore tables) : IHandler<ListContributorInsightsInput, ListContributorInsightsOutput>
{
    private const int Page = 100;

    public ValueTask<Outcome<ListContributorInsightsOutput>> HandleAsync(
        ListContributorInsightsInput input, CallContext context, CancellationToken cancel)
    {
        IReadOnlyList<TableRecord> records;
        if (input.TableName is null)
        {
            records = tables.Records(context.Account, context.Region);
        }
        else if (tables.Find(context, input.TableName) is { } table)
        {
            records = [table.Record];
        }
        else
        {
            return new(DynamoErrors.TableNotFound(TableStore.Locate(context, input.TableName).Name));
        }

        DynamoErrors.ThrowIf(input.MaxResults < 1, "MaxResults must be greater than or equal to 1");
        var rest = records.SelectMany(Enabled).ToList();
        if (input.NextToken is { } token)
        {
            var at = rest.FindIndex(summary => Token(summary) == token);
            DynamoErrors.ThrowIf(at < 0, "Invalid NextToken");
            rest.RemoveRange(0, at + 1);
        }

        var most = input.MaxResults ?? Page;
        var more = rest.Count > most;
        rest = more ? rest[..most] : rest;
        return new(new ListContributorInsightsOutput { ContributorInsightsSummaries = rest, NextToken = more ? Token(rest[^1]) : null });
    }

    private static IEnumerable<ContributorInsightsSummary> Enabled(TableRecord table)
    {
        IEnumerable<(string? Index, InsightsRecord? Insights)> all =
            [(null, table.Insights), .. table.Indexes.Select(index => (index.Name, index.Insights))];
        return all.Where(pair => pair.Insights is { Enabled: true }).Select(pair => new ContributorInsightsSummary
        {
            TableName = table.Name,
            IndexName = pair.Index,
            ContributorInsightsStatus = ContributorInsightsStatus.Enabled,
            ContributorInsightsMode = pair.Insights!.Mode,
        });
    }

    private static string Token(ContributorInsightsSummary summary) => $"{summary.TableName}/{summary.IndexName}";
}
