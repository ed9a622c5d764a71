using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Responses;

/// <summary>Lists all gateway responses as they are in effect.</summary>
internal sealed class GetGatewayResponses(RestTable apis) : IHandler<GetGatewayResponsesInput, GetGatewayResponsesOutput>
{
    public ValueTask<Outcome<GetGatewayResponsesOutput>> HandleAsync(
        GetGatewayResponsesInput input, CallContext context, CancellationToken cancel)
    {
        RestTable.Own(apis.Partition, input.RestApiId, context);
        var own = GatewayResponses.Own(apis.Partition, input.RestApiId);
        var all = GatewayResponses.Types.Select(type => GatewayResponses.Effective(type, own)).ToList();
        var (page, position) = RestPage.Of(all, static response => response.ResponseType!, input.Limit, input.Position);
        return new(new GetGatewayResponsesOutput { Items = page, Position = position });
    }
}
