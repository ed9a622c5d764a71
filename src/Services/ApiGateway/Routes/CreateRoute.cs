using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Routes;

/// <summary>Adds a route to an API. <see href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html"/></summary>
internal sealed class CreateRoute(ApiTable apis, IIdSource ids) : IHandler<CreateRouteRequest, Route>
{
    public ValueTask<Outcome<Route>> HandleAsync(CreateRouteRequest input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            var api = ApiTable.Own(current, input.ApiId, context);
            var parts = ApiParts.Read(current, input.ApiId);
            var route = new Route
            {
                ApiKeyRequired = input.ApiKeyRequired ?? false,
                AuthorizationScopes = input.AuthorizationScopes,
                AuthorizationType = input.AuthorizationType ?? AuthorizationType.None,
                AuthorizerId = input.AuthorizerId,
                ModelSelectionExpression = input.ModelSelectionExpression,
                OperationName = input.OperationName,
                RequestModels = input.RequestModels,
                RequestParameters = input.RequestParameters,
                RouteId = ids.NewString(7, RandomIdSource.LowerAlphanumeric),
                RouteKey = input.RouteKey,
                RouteResponseSelectionExpression = input.RouteResponseSelectionExpression,
                Target = input.Target,
            };
            if (RouteRules.Refusal(route, api.Api.ProtocolType, parts) is { } refused)
            {
                return (Outcome<Route>)refused;
            }

            PutRoute.Into(batch, input.ApiId, route);
            parts.Routes.Add(route);
            AutoDeploy.Into(batch, input.ApiId, parts, context.Time, ids);
            return route;
        });
}
