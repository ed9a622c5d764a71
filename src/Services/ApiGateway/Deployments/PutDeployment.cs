using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Deployments;

/// <summary>Freezes an API as it is.</summary>
internal static class PutDeployment
{
    /// <returns>The deployment's id.</returns>
    public static string Into(
        Batch batch, string apiId, string? description, bool autoDeployed, ApiParts parts, DateTimeOffset now, IIdSource ids)
    {
        var deployment = new Deployment
        {
            AutoDeployed = autoDeployed,
            CreatedDate = now,
            DeploymentId = ids.NewString(6, RandomIdSource.LowerAlphanumeric),
            DeploymentStatus = DeploymentStatus.Deployed,
            Description = description,
        };
        Into(batch, apiId, new DeploymentRecord(
            deployment, parts.Routes, parts.Integrations, parts.Authorizers, parts.RouteResponses, parts.IntegrationResponses, parts.Models));
        return deployment.DeploymentId;
    }

    public static void Into(Batch batch, string apiId, DeploymentRecord record) => batch.Put(
        ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Deployments, apiId, record.Deployment.DeploymentId!),
        StoredJson.Encode(record, ApiGatewayRecords.Default.DeploymentRecord));

    public static ServiceException Missing(string deploymentId) =>
        ApiGatewayV2Errors.NotFoundException.With($"Invalid Deployment identifier specified {deploymentId}").ToException();
}
