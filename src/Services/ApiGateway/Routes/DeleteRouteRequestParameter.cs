using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Routes;

/// <summary>Takes a request parameter out of a route of a WebSocket API.</summary>
internal sealed class DeleteRouteRequestParameter(ApiTable apis, IIdSource ids) : IHandler<DeleteRouteRequestParameterInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(DeleteRouteRequestParameterInput input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            ApiTable.Own(current, input.ApiId, context);
            var parts = ApiParts.Read(current, input.ApiId);
            var old = parts.Routes.Find(route => route.RouteId == input.RouteId) ?? throw PutRoute.Missing(input.RouteId);
            if (old.RequestParameters?.ContainsKey(input.RequestParameterKey) != true)
            {
                return (Outcome<Unit>)ApiGatewayV2Errors.NotFoundException.With($"Invalid request parameter identifier specified {input.RequestParameterKey}");
            }

            var route = new Route
            {
                ApiGatewayManaged = old.ApiGatewayManaged,
                ApiKeyRequired = old.ApiKeyRequired,
                AuthorizationScopes = old.AuthorizationScopes,
                AuthorizationType = old.AuthorizationType,
                AuthorizerId = old.AuthorizerId,
                ModelSelectionExpression = old.ModelSelectionExpression,
                OperationName = old.OperationName,
                RequestModels = old.RequestModels,
                RequestParameters = old.RequestParameters.Where(pair => pair.Key != input.RequestParameterKey).ToDictionary(),
                RouteId = old.RouteId,
                RouteKey = old.RouteKey,
                RouteResponseSelectionExpression = old.RouteResponseSelectionExpression,
                Target = old.Target,
            };
            PutRoute.Into(batch, input.ApiId, route);
            ApiParts.Replace(parts.Routes, other => other.RouteId, route);
            AutoDeploy.Into(batch, input.ApiId, parts, context.Time, ids);
            return Unit.Value;
        });
}
