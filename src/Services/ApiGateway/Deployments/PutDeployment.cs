using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Deployments;

/// <summary>Freezes an API's routes and integrations.</summary>
internal static class PutDeployment
{
    /// <returns>The deployment's id.</returns>
    public static string Into(
        Batch batch, string apiId, string? description, bool autoDeployed, IReadOnlyList<Route> routes, IReadOnlyList<ApiIntegration> integrations,
        DateTimeOffset now, IIdSource ids)
    {
        var deployment = new Deployment
        {
            AutoDeployed = autoDeployed,
            CreatedDate = now,
            DeploymentId = ids.NewString(6, RandomIdSource.LowerAlphanumeric),
            DeploymentStatus = DeploymentStatus.Deployed,
            Description = description,
        };
        batch.Put(
            ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Deployments, apiId, deployment.DeploymentId),
            ApiGatewayRecords.Encode(new DeploymentRecord(deployment, routes, integrations), ApiGatewayRecords.Default.DeploymentRecord));
        return deployment.DeploymentId;
    }

    public static ServiceException Missing(string deploymentId) =>
        ApiGatewayV2Errors.NotFoundException.With($"Invalid Deployment identifier specified {deploymentId}").ToException();
}
