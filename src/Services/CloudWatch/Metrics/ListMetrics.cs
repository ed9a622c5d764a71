using Haneul.CloudWatch.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.CloudWatch.Metrics;

/// <summary>
/// Lists the series that had data in the past two weeks, 500 a page.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html"/>
/// </summary>
internal sealed class ListMetrics(MetricTable metrics) : IHandler<ListMetricsInput, ListMetricsOutput>
{
    private const int PageSize = 500;
    private static readonly TimeSpan s_listed = TimeSpan.FromDays(14);
    private static readonly TimeSpan s_recently = TimeSpan.FromHours(3);

    public ValueTask<Outcome<ListMetricsOutput>> HandleAsync(ListMetricsInput input, CallContext context, CancellationToken cancel)
    {
        if (input.IncludeLinkedAccounts == true || (input.OwningAccount is { } owner && owner != context.Account.Value))
        {
            return new(CloudWatchFaults.Unsupported(input.IncludeLinkedAccounts == true ? "IncludeLinkedAccounts" : "OwningAccount", "ListMetrics"));
        }

        byte[]? after = null;
        if (input.NextToken is { } token && (after = PageToken.Decode(token)) is null)
        {
            return new(CloudWatchFaults.Value("Request parameter NextToken is invalid"));
        }

        var since = (context.Time - (input.RecentlyActive is null ? s_listed : s_recently)).ToUnixTimeMilliseconds();
        var found = new List<Metric>();
        MetricId? last = null;
        foreach (var (metric, record) in metrics.List(context.Account, context.Region, input.Namespace, after))
        {
            if (record.LastReport < since || !Matches(metric, input))
            {
                continue;
            }

            if (found.Count == PageSize)
            {
                return new(new ListMetricsOutput { Metrics = found, NextToken = PageToken.Encode(CloudWatchKeyspace.SeriesKey(last!)) });
            }

            found.Add(metric.ToMetric());
            last = metric;
        }

        return new(new ListMetricsOutput { Metrics = found });
    }

    private static bool Matches(MetricId metric, ListMetricsInput input) =>
        (input.MetricName is null || metric.Name == input.MetricName)
        && (input.Dimensions ?? []).All(filter => metric.Dimensions.Any(dimension =>
            dimension.Name == filter.Name && (filter.Value is null || dimension.Value == filter.Value)));
}
