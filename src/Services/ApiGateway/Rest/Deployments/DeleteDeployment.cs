using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Stages;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Rest.Deployments;

/// <summary>Deletes a deployment that no stage serves.</summary>
internal sealed class DeleteDeployment(RestTable apis) : IHandler<DeleteDeploymentInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(DeleteDeploymentInput input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            RestTable.Own(current, input.RestApiId, context);
            _ = RestTable.FindDeployment(current, input.RestApiId, input.DeploymentId) ?? throw RestFaults.NoDeployment();
            if (StageRules.All(current, input.RestApiId).Exists(stage =>
                stage.DeploymentId == input.DeploymentId || stage.CanarySettings?.DeploymentId == input.DeploymentId))
            {
                throw RestFaults.BadRequest("Active stages pointing to this deployment must be moved or deleted");
            }

            RestPut.Delete(batch, ApiGatewayKeyspace.RestDeployments, input.RestApiId, input.DeploymentId);
            return (Outcome<Unit>)Unit.Value;
        });
}
