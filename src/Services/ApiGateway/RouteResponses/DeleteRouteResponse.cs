using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.RouteResponses;

/// <summary>Deletes a route's response.</summary>
internal sealed class DeleteRouteResponse(ApiTable apis, IIdSource ids) : IHandler<DeleteRouteResponseInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(DeleteRouteResponseInput input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            ApiTable.Own(current, input.ApiId, context);
            var parts = ApiParts.Read(current, input.ApiId);
            if (parts.RouteResponses.RemoveAll(record => record.RouteId == input.RouteId && record.Response.RouteResponseId == input.RouteResponseId) == 0)
            {
                throw RouteResponseRules.Missing(input.RouteResponseId);
            }

            batch.Delete(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RouteResponses, input.ApiId, input.RouteId, input.RouteResponseId));
            AutoDeploy.Into(batch, input.ApiId, parts, context.Time, ids);
            return (Outcome<Unit>)Unit.Value;
        });
}
