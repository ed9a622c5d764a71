using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Storage;

namespace Haneul.ApiGateway.Stages;

/// <summary>Deletes a stage; its deployment stays.</summary>
internal sealed class DeleteStage(ApiTable apis) : IHandler<DeleteStageInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(DeleteStageInput input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            ApiTable.Own(current, input.ApiId, context);
            var key = ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Stages, input.ApiId, input.StageName);
            if (!current.Contains(key))
            {
                throw StageRules.Missing();
            }

            batch.Delete(key);
            return (Outcome<Unit>)Unit.Value;
        });
}
