using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Stages;

/// <summary>Changes a stage; what is not given stays.</summary>
internal sealed class UpdateStage(ApiTable apis, IIdSource ids) : IHandler<UpdateStageRequest, Stage>
{
    public ValueTask<Outcome<Stage>> HandleAsync(UpdateStageRequest input, CallContext context, CancellationToken cancel)
    {
        var refused = Unsupported.First(
            "UpdateStage", ("accessLogSettings", input.AccessLogSettings is not null), ("clientCertificateId", input.ClientCertificateId is not null),
            ("defaultRouteSettings", StageRules.HasEffect(input.DefaultRouteSettings)),
            ("routeSettings", input.RouteSettings?.Values.Any(StageRules.HasEffect) == true));
        return refused is not null ? new(refused) : apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            ApiTable.Own(current, input.ApiId, context);
            var parts = ApiParts.Read(current, input.ApiId);
            var old = parts.Stages.Find(stage => stage.StageName == input.StageName) ?? throw StageRules.Missing();
            var autoDeploy = input.AutoDeploy ?? old.AutoDeploy == true;
            if (input.DeploymentId is { } wanted)
            {
                if (autoDeploy)
                {
                    return (Outcome<Stage>)ApiGatewayV2Errors.BadRequestException.With("Cannot set deploymentId when autoDeploy is enabled.");
                }

                if (!parts.Deployments.Exists(record => record.Deployment.DeploymentId == wanted))
                {
                    throw PutDeployment.Missing(wanted);
                }
            }

            var stage = StageRules.Copy(old, context.Time, input.DeploymentId, autoDeploy, input.Description, input.StageVariables);
            if (autoDeploy && old.AutoDeploy != true)
            {
                var id = AutoDeploy.Freeze(batch, input.ApiId, parts.Routes, parts.Integrations, context.Time, ids);
                stage = StageRules.Deployed(stage, id, context.Time);
            }

            PutStage.Into(batch, input.ApiId, stage);
            return stage;
        });
    }
}
