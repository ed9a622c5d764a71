using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Stages;

/// <summary>Shows a stage.</summary>
internal sealed class GetStage(RestTable apis) : IHandler<GetStageInput, Stage>
{
    public ValueTask<Outcome<Stage>> HandleAsync(GetStageInput input, CallContext context, CancellationToken cancel) =>
        new(StageRules.Own(apis.Partition, input.RestApiId, input.StageName, context));
}
