using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Execute.Caching;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Rest.Stages;

/// <summary>Deletes a stage.</summary>
internal sealed class DeleteStage(RestTable apis, StageCaches caches) : IHandler<DeleteStageInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteStageInput input, CallContext context, CancellationToken cancel)
    {
        await apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            StageRules.Own(current, input.RestApiId, input.StageName, context);
            RestPut.Delete(batch, ApiGatewayKeyspace.RestStages, input.RestApiId, input.StageName);
            return true;
        });
        caches.Flush(input.RestApiId, input.StageName);
        return Unit.Value;
    }
}
