using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Responses;

/// <summary>
/// Sets a gateway response.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_PutGatewayResponse.html"/>
/// </summary>
internal sealed class PutGatewayResponse(RestTable apis) : IHandler<PutGatewayResponseInput, GatewayResponse>
{
    public async ValueTask<Outcome<GatewayResponse>> HandleAsync(PutGatewayResponseInput input, CallContext context, CancellationToken cancel) =>
        await apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            RestTable.Own(current, input.RestApiId, context);
            var response = GatewayResponses.New(input.ResponseType, input.StatusCode, input.ResponseParameters, input.ResponseTemplates);
            RestPut.Response(batch, input.RestApiId, response);
            return response;
        });
}
