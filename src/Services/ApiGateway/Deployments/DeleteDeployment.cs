using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Storage;

namespace Haneul.ApiGateway.Deployments;

/// <summary>Deletes a deployment that no stage serves.</summary>
internal sealed class DeleteDeployment(ApiTable apis) : IHandler<DeleteDeploymentInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(DeleteDeploymentInput input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            ApiTable.Own(current, input.ApiId, context);
            var key = ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Deployments, input.ApiId, input.DeploymentId);
            if (!current.Contains(key))
            {
                throw PutDeployment.Missing(input.DeploymentId);
            }

            var stages = StoredJson.Parts(current, ApiGatewayKeyspace.Stages, input.ApiId, ApiGatewayRecords.Default.Stage);
            if (stages.Exists(stage => stage.DeploymentId == input.DeploymentId))
            {
                return (Outcome<Unit>)ApiGatewayV2Errors.BadRequestException.With(
                    "Active stages pointing to this deployment must be moved or deleted");
            }

            batch.Delete(key);
            return Unit.Value;
        });
}
