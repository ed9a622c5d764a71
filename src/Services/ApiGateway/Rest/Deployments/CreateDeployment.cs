using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Stages;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Deployments;

/// <summary>
/// Freezes an API as it stands. With the name of a stage the stage serves the deployment; a stage that is not there yet is made. With canary
/// settings a share of the stage's traffic gets it.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDeployment.html"/>
/// </summary>
internal sealed class CreateDeployment(RestTable apis, IIdSource ids) : IHandler<CreateDeploymentInput, Deployment>
{
    public async ValueTask<Outcome<Deployment>> HandleAsync(CreateDeploymentInput input, CallContext context, CancellationToken cancel) =>
        await apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            var api = RestTable.Own(current, input.RestApiId, context);
            var stageName = Texts.NullIfEmpty(input.StageName);
            var stage = stageName is null ? null : RestTable.FindStage(current, input.RestApiId, stageName);
            if (input.CanarySettings is not null)
            {
                CheckCanary(input.StageName, stage);
            }

            var record = NewDeployment.Into(current, batch, api, Texts.NullIfEmpty(input.Description), context.Time, ids);
            if (stageName is not null)
            {
                var served = stage ?? StageRules.New(current, input.RestApiId, stageName, context.Time);
                Serve(served, input, record.Deployment.Id!, isNew: stage is null, context.Time);
                RestPut.Stage(batch, input.RestApiId, served);
            }

            return DeploymentView.Of(record, embed: null);
        });

    private static void CheckCanary(string? stageName, Stage? stage)
    {
        const string wrong = "Invalid deployment content specified.";
        if (string.IsNullOrEmpty(stageName))
        {
            throw RestFaults.BadRequest(
                $"{wrong}Non null and non empty stageName must be provided for canary deployment. Provided value is {stageName ?? "null"}");
        }

        if (stage is null)
        {
            throw RestFaults.BadRequest($"{wrong}Stage {stageName} must already be created before making a canary release deployment");
        }
    }

    private static void Serve(Stage stage, CreateDeploymentInput input, string deploymentId, bool isNew, DateTimeOffset now)
    {
        if (input.CanarySettings is { } canary)
        {
            stage.CanarySettings = StageRules.Canary(
                deploymentId, canary.PercentTraffic, canary.StageVariableOverrides, canary.UseStageCache);
        }
        else
        {
            stage.DeploymentId = deploymentId;
        }

        stage.Description = Texts.NullIfEmpty(input.StageDescription) ?? stage.Description;
        foreach (var (name, value) in StageRules.Variables(input.Variables) ?? new Dictionary<string, string>())
        {
            stage.Variables = Texts.With(stage.Variables, name, value);
        }

        if (isNew || input.CacheClusterEnabled is not null || input.CacheClusterSize is not null)
        {
            StageRules.SetCache(
                stage, input.CacheClusterEnabled ?? stage.CacheClusterEnabled == true, input.CacheClusterSize ?? stage.CacheClusterSize);
        }

        stage.TracingEnabled = input.TracingEnabled ?? stage.TracingEnabled;
        stage.LastUpdatedDate = now;
    }
}
