using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Routes;

/// <summary>Changes a route; what is not given stays.</summary>
internal sealed class UpdateRoute(ApiTable apis, IIdSource ids) : IHandler<UpdateRouteRequest, Route>
{
    public ValueTask<Outcome<Route>> HandleAsync(UpdateRouteRequest input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            var api = ApiTable.Own(current, input.ApiId, context);
            var parts = ApiParts.Read(current, input.ApiId);
            var old = parts.Routes.Find(route => route.RouteId == input.RouteId) ?? throw PutRoute.Missing(input.RouteId);
            var type = input.AuthorizationType ?? old.AuthorizationType;
            var route = new Route
            {
                ApiGatewayManaged = old.ApiGatewayManaged,
                ApiKeyRequired = input.ApiKeyRequired ?? old.ApiKeyRequired,
                AuthorizationScopes = input.AuthorizationScopes ?? (type == AuthorizationType.Jwt ? old.AuthorizationScopes : null),
                AuthorizationType = type,
                AuthorizerId = input.AuthorizerId ?? (type is AuthorizationType.Jwt or AuthorizationType.Custom ? old.AuthorizerId : null),
                ModelSelectionExpression = input.ModelSelectionExpression ?? old.ModelSelectionExpression,
                OperationName = input.OperationName ?? old.OperationName,
                RequestModels = input.RequestModels ?? old.RequestModels,
                RequestParameters = input.RequestParameters ?? old.RequestParameters,
                RouteId = old.RouteId,
                RouteKey = input.RouteKey ?? old.RouteKey,
                RouteResponseSelectionExpression = input.RouteResponseSelectionExpression ?? old.RouteResponseSelectionExpression,
                Target = input.Target ?? old.Target,
            };
            if (RouteRules.Refusal(route, api.Api.ProtocolType, parts) is { } refused)
            {
                return (Outcome<Route>)refused;
            }

            PutRoute.Into(batch, input.ApiId, route);
            ApiParts.Replace(parts.Routes, other => other.RouteId, route);
            AutoDeploy.Into(batch, input.ApiId, parts, context.Time, ids);
            return route;
        });
}
