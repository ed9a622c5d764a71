using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Stages;

/// <summary>Lists an API's stages, or those that serve one deployment.</summary>
internal sealed class GetStages(RestTable apis) : IHandler<GetStagesInput, GetStagesOutput>
{
    public ValueTask<Outcome<GetStagesOutput>> HandleAsync(GetStagesInput input, CallContext context, CancellationToken cancel)
    {
        RestTable.Own(apis.Partition, input.RestApiId, context);
        var all = StageRules.All(apis.Partition, input.RestApiId);
        return new(new GetStagesOutput
        {
            Item = input.DeploymentId is { } deployment ? all.FindAll(stage => stage.DeploymentId == deployment) : all,
        });
    }
}
