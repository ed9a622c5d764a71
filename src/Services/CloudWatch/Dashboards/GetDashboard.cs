using Haneul.CloudWatch.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;

namespace Haneul.CloudWatch.Dashboards;

/// <summary>Gives a dashboard's body as it was put.</summary>
internal sealed class GetDashboard(DashboardTable dashboards) : IHandler<GetDashboardInput, GetDashboardOutput>
{
    public ValueTask<Outcome<GetDashboardOutput>> HandleAsync(GetDashboardInput input, CallContext context, CancellationToken cancel) =>
        new(dashboards.Of(context).GetBytes(DashboardTable.Key(input.DashboardName)) is { } stored
            ? new GetDashboardOutput
            {
                DashboardArn = DashboardTable.Arn(context, input.DashboardName),
                DashboardName = input.DashboardName,
                DashboardBody = DashboardRecord.Decode(stored).Body,
            }
            : DashboardTable.NotFound(input.DashboardName));
}
