using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Stages;

/// <summary>
/// Changes a stage.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateStage-Patch"/>
/// </summary>
internal sealed class UpdateStage(RestTable apis) : IHandler<UpdateStageInput, Stage>
{
    public async ValueTask<Outcome<Stage>> HandleAsync(UpdateStageInput input, CallContext context, CancellationToken cancel) =>
        await apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            var stage = StageRules.Own(current, input.RestApiId, input.StageName, context);
            new StagePatch(current, input.RestApiId, stage, context).Apply(input.PatchOperations);
            stage.LastUpdatedDate = context.Time;
            RestPut.Stage(batch, input.RestApiId, stage);
            return stage;
        });
}
