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
    public static string Freeze(Batch batch, string apiId, ApiParts parts, DateTimeOffset now, IIdSource ids) =>
        PutDeployment.Into(batch, apiId, "Automatic deployment triggered by changes to the Api configuration", autoDeployed: true, parts, now, ids);

    /// <param name="batch">Gets the writes.</param>
    /// <param name="apiId">The API.</param>
    /// <param name="parts">The API after the change.</param>
    /// <param name="now">The cloud's time.</param>
    /// <param name="ids">Gives the deployment its id.</param>
    public static void Into(Batch batch, string apiId, ApiParts parts, DateTimeOffset now, IIdSource ids)
    {
        var stages = parts.Stages;
        if (!stages.Any(stage => stage.AutoDeploy == true))
        {
            return;
        }

        var id = Freeze(batch, apiId, parts, now, ids);
        foreach (var stage in stages.Where(stage => stage.AutoDeploy == true))
        {
            PutStage.Into(batch, apiId, StageRules.Deployed(stage, id, now));
        }

        foreach (var old in parts.Deployments.Where(old => old.Deployment.AutoDeployed == true))
        {
            if (!stages.Any(stage => stage.AutoDeploy != true && stage.DeploymentId == old.Deployment.DeploymentId))
            {
                batch.Delete(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Deployments, apiId, old.Deployment.DeploymentId!));
            }
        }
    }
}
