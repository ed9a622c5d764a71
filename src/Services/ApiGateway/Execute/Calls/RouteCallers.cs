using Haneul.Integration;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Execute.Calls;

/// <summary>As whom a route's integration is called: as API Gateway on behalf of the route, or as a role.</summary>
internal sealed class RouteCallers(IEnumerable<IRoles> roles)
{
    public ValueTask<Outcome<CallContext>> FindAsync(ApiCall call, string? roleArn, CancellationToken cancel) =>
        Origin(call, call.Api.Region, call.SourceArn).FindAsync(roles.FirstOrDefault(), roleArn, cancel);

    public static CallContext InRegion(ApiCall call, CallContext caller, string region) => Origin(call, region, caller.SourceArn).As(caller.Principal);

    private static GatewayCaller Origin(ApiCall call, string region, string? sourceArn) =>
        new(call.Api.Account, region, call.RequestId, call.Time, call.Endpoint, sourceArn);
}
