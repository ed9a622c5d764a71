using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Routes;

/// <summary>Deletes a route.</summary>
internal sealed class DeleteRoute(ApiTable apis, IIdSource ids) : IHandler<DeleteRouteInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(DeleteRouteInput input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            ApiTable.Own(current, input.ApiId, context);
            var parts = ApiParts.Read(current, input.ApiId);
            if (parts.Routes.RemoveAll(route => route.RouteId == input.RouteId) == 0)
            {
                throw PutRoute.Missing(input.RouteId);
            }

            batch.Delete(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Routes, input.ApiId, input.RouteId));
            AutoDeploy.Into(batch, input.ApiId, parts, context.Time, ids);
            return (Outcome<Unit>)Unit.Value;
        });
}
