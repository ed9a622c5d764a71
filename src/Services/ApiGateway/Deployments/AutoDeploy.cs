using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Stages;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Deployments;

/// <summary>
/// Deploys a change to the stages that deploy by themselves, in the batch of the change. Deployments that only they used before go.
/// </summary>
internal static class AutoDeploy
{
    /// <summary>Makes the deployment of a stage that deploys by itself.</summary>
    /// <returns>The deployment's id.</returns>
    public static string Freeze(
        Batch batch, string apiId, IReadOnlyList<Route> routes, IReadOnlyList<ApiIntegration> integrations, DateTimeOffset now, IIdSource ids) =>
        PutDeployment.Into(
            batch, apiId, "Automatic deployment triggered by changes to the Api configuration", autoDeployed: true, routes, integrations, now, ids);

    /// <param name="batch">Gets the writes.</param>
    /// <param name="apiId">The API.</param>
    /// <param name="stages">The API's stages before the change.</param>
    /// <param name="deployments">Its deployments before the change.</param>
    /// <param name="routes">Its routes after the change.</param>
    /// <param name="integrations">Its integrations after the change.</param>
    /// <param name="now">The cloud's time.</param>
    /// <param name="ids">Gives the deployment its id.</param>
    public static void Into(
        Batch batch, string apiId, IReadOnlyList<Stage> stages, IReadOnlyList<DeploymentRecord> deployments, IReadOnlyList<Route> routes,
        IReadOnlyList<ApiIntegration> integrations, DateTimeOffset now, IIdSource ids)
    {
        if (!stages.Any(stage => stage.AutoDeploy == true))
        {
            return;
        }

        var id = Freeze(batch, apiId, routes, integrations, now, ids);
        foreach (var stage in stages.Where(stage => stage.AutoDeploy == true))
        {
            PutStage.Into(batch, apiId, StageRules.Deployed(stage, id, now));
        }

        foreach (var old in deployments.Where(old => old.Deployment.AutoDeployed == true))
        {
            if (!stages.Any(stage => stage.AutoDeploy != true && stage.DeploymentId == old.Deployment.DeploymentId))
            {
                batch.Delete(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Deployments, apiId, old.Deployment.DeploymentId!));
            }
        }
    }
}
