using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Responses;

/// <summary>Shows a gateway response as it is in effect.</summary>
internal sealed class GetGatewayResponse(RestTable apis) : IHandler<GetGatewayResponseInput, GatewayResponse>
{
    public ValueTask<Outcome<GatewayResponse>> HandleAsync(GetGatewayResponseInput input, CallContext context, CancellationToken cancel)
    {
        RestTable.Own(apis.Partition, input.RestApiId, context);
        return new(GatewayResponses.Effective(input.ResponseType, GatewayResponses.Own(apis.Partition, input.RestApiId)));
    }
}
