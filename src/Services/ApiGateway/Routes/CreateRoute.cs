using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Routes;

/// <summary>Adds a route to an API. <see href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html"/></summary>
internal sealed class CreateRoute(ApiTable apis, IIdSource ids) : IHandler<CreateRouteRequest, Route>
{
    public ValueTask<Outcome<Route>> HandleAsync(CreateRouteRequest input, CallContext context, CancellationToken cancel)
    {
        var refused = Unsupported.First(
            "CreateRoute", ("apiKeyRequired", input.ApiKeyRequired == true), ("authorizationScopes", input.AuthorizationScopes is { Count: > 0 }),
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
            var route = new Route
            {
                ApiKeyRequired = false,
                AuthorizationType = input.AuthorizationType ?? AuthorizationType.None,
                OperationName = input.OperationName,
                RouteId = ids.NewString(7, RandomIdSource.LowerAlphanumeric),
                RouteKey = input.RouteKey,
                Target = input.Target,
            };
            if (PutRoute.Refusal(route, parts.Routes, parts.Integrations) is { } refused)
            {
                return (Outcome<Route>)refused;
            }

            PutRoute.Into(batch, input.ApiId, route);
            AutoDeploy.Into(batch, input.ApiId, parts.Stages, parts.Deployments, [.. parts.Routes, route], parts.Integrations, context.Time, ids);
            return route;
        });
    }
}
