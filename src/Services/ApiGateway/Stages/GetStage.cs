using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Stages;

/// <summary>Shows a stage.</summary>
internal sealed class GetStage(ApiTable apis) : IHandler<GetStageInput, Stage>
{
    public ValueTask<Outcome<Stage>> HandleAsync(GetStageInput input, CallContext context, CancellationToken cancel)
    {
        ApiTable.Own(apis.Partition, input.ApiId, context);
        var key = ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Stages, input.ApiId, input.StageName);
        return new(StoredJson.Read(apis.Partition, key, ApiGatewayRecords.Default.Stage) ?? throw StageRules.Missing());
    }
}
