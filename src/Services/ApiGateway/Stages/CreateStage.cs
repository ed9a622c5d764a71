using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;

namespace Haneul.ApiGateway.Stages;

/// <summary>
/// Adds a stage, which serves a deployment; one that deploys by itself serves the API as it is.
/// <see href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages.html"/>
/// </summary>
internal sealed class CreateStage(ApiTable apis, IIdSource ids) : IHandler<CreateStageRequest, Stage>
{
    public ValueTask<Outcome<Stage>> HandleAsync(CreateStageRequest input, CallContext context, CancellationToken cancel)
    {
        var refused = Unsupported.First("CreateStage", ("clientCertificateId", input.ClientCertificateId is not null));
        if (refused is null && !StageRules.IsName(input.StageName))
        {
            refused = ApiGatewayV2Errors.BadRequestException.With("Stage name only allows a-zA-Z0-9_- or $default");
        }

        if (refused is null && input is { AutoDeploy: true, DeploymentId: not null })
        {
            refused = ApiGatewayV2Errors.BadRequestException.With("Cannot set deploymentId when autoDeploy is enabled.");
        }

        return refused is not null ? new(refused) : apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            var api = ApiTable.Own(current, input.ApiId, context).Api;
            var parts = ApiParts.Read(current, input.ApiId);
            if (parts.Stages.Exists(other => other.StageName == input.StageName))
            {
                return (Outcome<Stage>)ApiGatewayV2Errors.ConflictException.With("Stage already exists");
            }

            if (input.DeploymentId is { } wanted && !parts.Deployments.Exists(record => record.Deployment.DeploymentId == wanted))
            {
                throw PutDeployment.Missing(wanted);
            }

            if (RouteSettingRules.Refusal(api.ProtocolType, parts, input.DefaultRouteSettings, input.RouteSettings, input.AccessLogSettings, context)
                is { } wrong)
            {
                return wrong;
            }

            var stage = StageRules.New(input, context.Time);
            return Add(batch, input.ApiId, stage, parts, context, ids);
        });
    }

    private static Stage Add(Batch batch, string apiId, Stage stage, ApiParts parts, CallContext context, IIdSource ids)
    {
        if (stage.AutoDeploy == true)
        {
            var id = AutoDeploy.Freeze(batch, apiId, parts, context.Time, ids);
            stage = StageRules.Deployed(stage, id, context.Time);
        }

        PutStage.Into(batch, apiId, stage);
        return stage;
    }
}
