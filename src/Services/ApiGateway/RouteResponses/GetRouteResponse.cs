using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.RouteResponses;

/// <summary>Shows a route's response.</summary>
internal sealed class GetRouteResponse(ApiTable apis) : IHandler<GetRouteResponseInput, RouteResponse>
{
    public ValueTask<Outcome<RouteResponse>> HandleAsync(GetRouteResponseInput input, CallContext context, CancellationToken cancel)
    {
        ApiTable.Own(apis.Partition, input.ApiId, context);
        var key = ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RouteResponses, input.ApiId, input.RouteId, input.RouteResponseId);
        return new((StoredJson.Read(apis.Partition, key, ApiGatewayRecords.Default.RouteResponseRecord) ?? throw RouteResponseRules.Missing(input.RouteResponseId)).Response);
    }
}
