using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Routes;

/// <summary>Lists an API's routes.</summary>
internal sealed class GetRoutes(ApiTable apis) : IHandler<GetRoutesInput, GetRoutesOutput>
{
    public ValueTask<Outcome<GetRoutesOutput>> HandleAsync(GetRoutesInput input, CallContext context, CancellationToken cancel)
    {
        ApiTable.Own(apis.Partition, input.ApiId, context);
        var routes = StoredJson.Parts(apis.Partition, ApiGatewayKeyspace.Routes, input.ApiId, ApiGatewayRecords.Default.Route);
        var (page, next) = Page.Of(routes, route => route.RouteId!, input.MaxResults, input.NextToken);
        return new(new GetRoutesOutput { Items = page, NextToken = next });
    }
}
