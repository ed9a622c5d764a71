using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Rest.Responses;

/// <summary>Gives a gateway response back to AWS's own words.</summary>
internal sealed class DeleteGatewayResponse(RestTable apis) : IHandler<DeleteGatewayResponseInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(DeleteGatewayResponseInput input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            RestTable.Own(current, input.RestApiId, context);
            if (!GatewayResponses.Own(current, input.RestApiId).Exists(response => response.ResponseType == input.ResponseType))
            {
                throw RestFaults.NotFound("Gateway response type not defined on api");
            }

            RestPut.Delete(batch, ApiGatewayKeyspace.RestResponses, input.RestApiId, input.ResponseType);
            return (Outcome<Unit>)Unit.Value;
        });
}
