using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Errors;
using Haneul.Storage;

namespace Haneul.ApiGateway.Routes;

/// <summary>What creating and changing a route have in common.</summary>
internal static class PutRoute
{
    public static void Into(Batch batch, string apiId, Route route) => batch.Put(
        ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Routes, apiId, route.RouteId!), ApiGatewayRecords.Encode(route, ApiGatewayRecords.Default.Route));

    /// <summary>Why the route cannot be, given the others; null if it can.</summary>
    public static ServiceError? Refusal(Route route, IEnumerable<Route> others, IEnumerable<ApiIntegration> integrations)
    {
        if (!RouteKey.TryParse(route.RouteKey, out _))
        {
            return ApiGatewayV2Errors.BadRequestException.With(RouteKey.Malformed);
        }

        if (others.Any(other => other.RouteKey == route.RouteKey && other.RouteId != route.RouteId))
        {
            return ApiGatewayV2Errors.ConflictException.With($"Route with key {route.RouteKey} already exists for this API");
        }

        if (route.Target is { } target)
        {
            const string prefix = "integrations/";
            if (!target.StartsWith(prefix, StringComparison.Ordinal))
            {
                return ApiGatewayV2Errors.BadRequestException.With("Target must be of the form integrations/{integrationId}.");
            }

            if (!integrations.Any(integration => integration.IntegrationId == target[prefix.Length..]))
            {
                return ApiGatewayV2Errors.NotFoundException.With($"Invalid Integration identifier specified {target[prefix.Length..]}");
            }
        }

        return route.AuthorizationType is null or AuthorizationType.None
            ? null
            : ApiGatewayV2Errors.BadRequestException.With($"Haneul does not support authorizationType {route.AuthorizationType} of routes yet.");
    }

    public static ServiceException Missing(string routeId) =>
        ApiGatewayV2Errors.NotFoundException.With($"Invalid Route identifier specified {routeId}").ToException();
}
