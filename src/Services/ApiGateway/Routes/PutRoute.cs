using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Errors;
using Haneul.Storage;

namespace Haneul.ApiGateway.Routes;

/// <summary>Writes a route.</summary>
internal static class PutRoute
{
    public static void Into(Batch batch, string apiId, Route route) => batch.Put(
        ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Routes, apiId, route.RouteId!), StoredJson.Encode(route, ApiGatewayRecords.Default.Route));

    public static ServiceException Missing(string routeId) =>
        ApiGatewayV2Errors.NotFoundException.With($"Invalid Route identifier specified {routeId}").ToException();
}
