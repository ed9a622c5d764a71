using System.Text;
using Haneul.CloudWatch.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.CloudWatch.Dashboards;

/// <summary>Lists dashboards by name, 1,000 a page.</summary>
internal sealed class ListDashboards(DashboardTable dashboards) : IHandler<ListDashboardsInput, ListDashboardsOutput>
{
    private const int PageSize = 1_000;

    public ValueTask<Outcome<ListDashboardsOutput>> HandleAsync(ListDashboardsInput input, CallContext context, CancellationToken cancel)
    {
        string? after = null;
        if (input.NextToken is { } token && (after = PageToken.DecodeText(token)) is null)
        {
            return new(CloudWatchFaults.Value("Request parameter NextToken is invalid"));
        }

        var found = DashboardTable.List(dashboards.Of(context), input.DashboardNamePrefix, after, PageSize + 1);
        var more = found.Count > PageSize;
        return new(new ListDashboardsOutput
        {
            DashboardEntries = [.. found.Take(PageSize).Select(dashboard => new DashboardEntry
            {
                DashboardName = dashboard.Name,
                DashboardArn = DashboardTable.Arn(context, dashboard.Name),
                LastModified = dashboard.Record.Modified,
                Size = Encoding.UTF8.GetByteCount(dashboard.Record.Body),
            })],
            NextToken = more ? PageToken.Encode(found[PageSize - 1].Name) : null,
        });
    }
}
