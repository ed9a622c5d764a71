using Haneul.ApiGateway.Contracts.V2;

namespace Haneul.ApiGateway;

/// <summary>A deployment and what it froze: the parts of the API as they were.</summary>
internal sealed record DeploymentRecord(
    Deployment Deployment,
    IReadOnlyList<Route> Routes,
    IReadOnlyList<ApiIntegration> Integrations,
    IReadOnlyList<Authorizer>? Authorizers = null,
    IReadOnlyList<RouteResponseRecord>? RouteResponses = null,
    IReadOnlyList<IntegrationResponseRecord>? IntegrationResponses = null,
    IReadOnlyList<Model>? Models = null);

/// <summary>A route's response, and whose it is.</summary>
internal sealed record RouteResponseRecord(string RouteId, RouteResponse Response);

/// <summary>An integration's response, and whose it is.</summary>
internal sealed record IntegrationResponseRecord(string IntegrationId, IntegrationResponse Response);
