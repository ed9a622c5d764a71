using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.RouteResponses;

/// <summary>Lists those of a route.</summary>
internal sealed class GetRouteResponses(ApiTable apis) : IHandler<GetRouteResponsesInput, GetRouteResponsesOutput>
{
    public ValueTask<Outcome<GetRouteResponsesOutput>> HandleAsync(GetRouteResponsesInput input, CallContext context, CancellationToken cancel)
    {
        ApiTable.Own(apis.Partition, input.ApiId, context);
        var all = StoredJson.Parts(apis.Partition, ApiGatewayKeyspace.RouteResponses, input.ApiId, ApiGatewayRecords.Default.RouteResponseRecord)
            .Where(record => record.RouteId == input.RouteId).Select(record => record.Response);
        var (page, next) = Page.Of(all, part => part.RouteResponseId!, input.MaxResults, input.NextToken);
        return new(new GetRouteResponsesOutput { Items = page, NextToken = next });
    }
}
