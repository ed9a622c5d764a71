using Haneul.ApiGateway.Contracts.V2;

namespace Haneul.ApiGateway;

/// <summary>A deployment and what it froze: the routes and integrations as they were.</summary>
internal sealed record DeploymentRecord(Deployment Deployment, IReadOnlyList<Route> Routes, IReadOnlyList<ApiIntegration> Integrations);
