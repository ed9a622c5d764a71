using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Deployments;

/// <summary>Shows a deployment.</summary>
internal sealed class GetDeployment(ApiTable apis) : IHandler<GetDeploymentInput, Deployment>
{
    public ValueTask<Outcome<Deployment>> HandleAsync(GetDeploymentInput input, CallContext context, CancellationToken cancel)
    {
        ApiTable.Own(apis.Partition, input.ApiId, context);
        var key = ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Deployments, input.ApiId, input.DeploymentId);
        var record = StoredJson.Read(apis.Partition, key, ApiGatewayRecords.Default.DeploymentRecord) ?? throw PutDeployment.Missing(input.DeploymentId);
        return new(record.Deployment);
    }
}
