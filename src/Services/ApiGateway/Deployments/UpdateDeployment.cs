using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Deployments;

/// <summary>Changes a deployment's description; what it froze stays.</summary>
internal sealed class UpdateDeployment(ApiTable apis) : IHandler<UpdateDeploymentRequest, Deployment>
{
    public ValueTask<Outcome<Deployment>> HandleAsync(UpdateDeploymentRequest input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            ApiTable.Own(current, input.ApiId, context);
            var key = ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Deployments, input.ApiId, input.DeploymentId);
            var record = StoredJson.Read(current, key, ApiGatewayRecords.Default.DeploymentRecord) ?? throw PutDeployment.Missing(input.DeploymentId);
            var old = record.Deployment;
            var deployment = new Deployment
            {
                AutoDeployed = old.AutoDeployed,
                CreatedDate = old.CreatedDate,
                DeploymentId = old.DeploymentId,
                DeploymentStatus = old.DeploymentStatus,
                DeploymentStatusMessage = old.DeploymentStatusMessage,
                Description = input.Description ?? old.Description,
            };
            PutDeployment.Into(batch, input.ApiId, record with { Deployment = deployment });
            return (Outcome<Deployment>)deployment;
        });
}
