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
        var refused = Unsupported.First("UpdateStage", ("clientCertificateId", input.ClientCertificateId is not null));
        return refused is not null ? new(refused) : apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            var api = ApiTable.Own(current, input.ApiId, context).Api;
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

            if (RouteSettingRules.Refusal(api.ProtocolType, parts, input.DefaultRouteSettings, input.RouteSettings, input.AccessLogSettings, context)
                is { } wrong)
            {
                return wrong;
            }

            var stage = StageRules.Copy(old, context.Time, update: input);
            if (autoDeploy && old.AutoDeploy != true)
            {
                var id = AutoDeploy.Freeze(batch, input.ApiId, parts, context.Time, ids);
                stage = StageRules.Deployed(stage, id, context.Time);
            }

            PutStage.Into(batch, input.ApiId, stage);
            return stage;
        });
    }
}
