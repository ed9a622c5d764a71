using Haneul.CloudWatch.Contracts;
using Haneul.CloudWatch.Metrics;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;

namespace Haneul.CloudWatch.Queries;

/// <summary>What a list of queries must be like, for reading and for alarms.</summary>
internal static class QueryRules
{
    public static ServiceError? Check(IReadOnlyList<MetricDataQuery> queries, CallContext context, string list)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < queries.Count; i++)
        {
            var (query, path) = (queries[i], $"{list}.member.{i + 1}");
            if (!IsId(query.Id))
            {
                return CloudWatchFaults.Validation(
                    $"The value {query.Id} for parameter {path}.Id is invalid: ids begin with a lower-case letter and hold letters, digits and underscores.");
            }

            if (!ids.Add(query.Id))
            {
                return CloudWatchFaults.Validation($"The values for parameter id in {list} are not unique.");
            }

            if (CheckOne(query, path, context) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static ServiceError? CheckOne(MetricDataQuery query, string path, CallContext context)
    {
        if (query is { Expression: null, MetricStat: null })
        {
            return CloudWatchFaults.Validation($"The parameter {path}.MetricStat is required.\n");
        }

        if (query is { Expression: not null, MetricStat: not null })
        {
            return CloudWatchFaults.Validation(
                $"The parameters {path}.Expression and {path}.MetricStat are mutually exclusive and you have specified both.");
        }

        if (query.AccountId is { } account && account != context.Account.Value)
        {
            return CloudWatchFaults.Validation($"Haneul does not support the AccountId of another account in {path} yet.");
        }

        if (query.Expression is { } expression)
        {
            return expression.TrimStart().StartsWith("SELECT ", StringComparison.OrdinalIgnoreCase)
                ? CloudWatchFaults.Validation($"Haneul does not support Metrics Insights queries in {path}.Expression yet.")
                : null;
        }

        if (query.MetricStat is { Metric.Namespace: null or "" })
        {
            return CloudWatchFaults.Validation($"The parameter {path}.MetricStat.Metric.Namespace is required.");
        }

        if (query.MetricStat is { Metric.MetricName: null or "" })
        {
            return CloudWatchFaults.Validation($"The parameter {path}.MetricStat.Metric.MetricName is required.");
        }

        if (MetricStatistic.TryParse(query.MetricStat!.Stat) is null)
        {
            return CloudWatchFaults.Validation($"The value {query.MetricStat.Stat} for parameter {path}.MetricStat.Stat is not supported.");
        }

        return QueryTime.IsPeriod(query.MetricStat.Period ?? 0)
            ? null
            : CloudWatchFaults.Validation(
                $"The parameter {path}.MetricStat.Period must be equal to a value in the set [1,5,10,20,30] or be greater than or equal to 60 and a multiple of 60.");
    }

    private static bool IsId(string id) =>
        id.Length > 0 && char.IsAsciiLetterLower(id[0]) && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
