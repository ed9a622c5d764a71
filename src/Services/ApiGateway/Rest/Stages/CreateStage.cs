using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Tags;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Stages;

/// <summary>
/// Creates a stage that serves a deployment.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html"/>
/// </summary>
internal sealed class CreateStage(RestTable apis) : IHandler<CreateStageInput, Stage>
{
    public async ValueTask<Outcome<Stage>> HandleAsync(CreateStageInput input, CallContext context, CancellationToken cancel) =>
        await apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            RestTable.Own(current, input.RestApiId, context);
            if (string.IsNullOrEmpty(input.StageName))
            {
                throw RestFaults.BadRequest("Stage name must be non-empty");
            }

            StageRules.CheckDeployment(current, input.RestApiId, input.DeploymentId);
            if (RestTable.FindStage(current, input.RestApiId, input.StageName) is not null)
            {
                throw RestFaults.Conflict("Stage already exists");
            }

            var stage = StageRules.New(current, input.RestApiId, input.StageName, context.Time);
            stage.DeploymentId = input.DeploymentId;
            stage.Description = Texts.NullIfEmpty(input.Description);
            stage.Variables = StageRules.Variables(input.Variables);
            stage.TracingEnabled = input.TracingEnabled ?? false;
            stage.Tags = input.Tags is { Count: > 0 } tags ? TagRules.Check(tags) : null;
            StageRules.SetCache(stage, input.CacheClusterEnabled ?? false, input.CacheClusterSize);
            stage.DocumentationVersion = StagePatch.DocumentationVersion(current, input.RestApiId, input.DocumentationVersion);
            if (input.CanarySettings is { } canary)
            {
                StageRules.CheckDeployment(current, input.RestApiId, canary.DeploymentId);
                stage.CanarySettings = StageRules.Canary(
                    canary.DeploymentId!, canary.PercentTraffic, canary.StageVariableOverrides, canary.UseStageCache);
            }

            RestPut.Stage(batch, input.RestApiId, stage);
            return stage;
        });
}
