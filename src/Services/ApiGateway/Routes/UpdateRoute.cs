using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Routes;

/// <summary>Changes a route; what is not given stays.</summary>
internal sealed class UpdateRoute(ApiTable apis, IIdSource ids) : IHandler<UpdateRouteRequest, Route>
{
    public ValueTask<Outcome<Route>> HandleAsync(UpdateRouteRequest input, CallContext context, CancellationToken cancel)
    {
        var refused = Unsupported.First(
            "UpdateRoute", ("apiKeyRequired", input.ApiKeyRequired == true), ("authorizationScopes", input.AuthorizationScopes is { Count: > 0 }),
            ("authorizerId", input.AuthorizerId is not null), ("modelSelectionExpression", input.ModelSelectionExpression is not null),
            ("requestModels", input.RequestModels is { Count: > 0 }), ("requestParameters", input.RequestParameters is { Count: > 0 }),
            ("routeResponseSelectionExpression", input.RouteResponseSelectionExpression is not null));
        if (refused is not null)
        {
            return new(refused);
        }

        return apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            ApiTable.Own(current, input.ApiId, context);
            var parts = ApiParts.Read(current, input.ApiId);
            var old = parts.Routes.Find(route => route.RouteId == input.RouteId) ?? throw PutRoute.Missing(input.RouteId);
            var route = new Route
            {
                ApiGatewayManaged = old.ApiGatewayManaged,
                ApiKeyRequired = old.ApiKeyRequired,
                AuthorizationType = input.AuthorizationType ?? old.AuthorizationType,
                OperationName = input.OperationName ?? old.OperationName,
                RouteId = old.RouteId,
                RouteKey = input.RouteKey ?? old.RouteKey,
                Target = input.Target ?? old.Target,
            };
            if (PutRoute.Refusal(route, parts.Routes, parts.Integrations) is { } refused)
            {
                return (Outcome<Route>)refused;
            }

            PutRoute.Into(batch, input.ApiId, route);
            Route[] routes = [.. parts.Routes.Where(other => other.RouteId != route.RouteId), route];
            AutoDeploy.Into(batch, input.ApiId, parts.Stages, parts.Deployments, routes, parts.Integrations, context.Time, ids);
            return route;
        });
    }
}
