using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Routes;

/// <summary>Shows a route.</summary>
internal sealed class GetRoute(ApiTable apis) : IHandler<GetRouteInput, Route>
{
    public ValueTask<Outcome<Route>> HandleAsync(GetRouteInput input, CallContext context, CancellationToken cancel)
    {
        ApiTable.Own(apis.Partition, input.ApiId, context);
        var key = ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Routes, input.ApiId, input.RouteId);
        return new(StoredJson.Read(apis.Partition, key, ApiGatewayRecords.Default.Route) ?? throw PutRoute.Missing(input.RouteId));
    }
}
