using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Stages;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Deployments;

/// <summary>Freezes an API as it is now, and gives it to a stage if one is named.</summary>
internal sealed class CreateDeployment(ApiTable apis, IIdSource ids) : IHandler<CreateDeploymentRequest, Deployment>
{
    public ValueTask<Outcome<Deployment>> HandleAsync(CreateDeploymentRequest input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            ApiTable.Own(current, input.ApiId, context);
            var parts = ApiParts.Read(current, input.ApiId);
            if (parts.Routes.Count == 0)
            {
                return (Outcome<Deployment>)ApiGatewayV2Errors.BadRequestException.With("At least one route is required before deploying the Api.");
            }

            var id = PutDeployment.Into(batch, input.ApiId, input.Description, autoDeployed: false, parts, context.Time, ids);
            if (input.StageName is { } name)
            {
                var stage = parts.Stages.Find(stage => stage.StageName == name) ?? throw StageRules.Missing();
                if (stage.AutoDeploy == true)
                {
                    return ApiGatewayV2Errors.BadRequestException.With($"Cannot update deployment for stage '{name}' because it has auto-deploy enabled.");
                }

                PutStage.Into(batch, input.ApiId, StageRules.Deployed(stage, id, context.Time));
            }

            return new Deployment
            {
                AutoDeployed = false,
                CreatedDate = context.Time,
                DeploymentId = id,
                DeploymentStatus = DeploymentStatus.Deployed,
                Description = input.Description,
            };
        });
}
