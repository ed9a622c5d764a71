using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Deployments;

/// <summary>Shows a deployment.</summary>
internal sealed class GetDeployment(RestTable apis) : IHandler<GetDeploymentInput, Deployment>
{
    public ValueTask<Outcome<Deployment>> HandleAsync(GetDeploymentInput input, CallContext context, CancellationToken cancel)
    {
        RestTable.Own(apis.Partition, input.RestApiId, context);
        var record = RestTable.FindDeployment(apis.Partition, input.RestApiId, input.DeploymentId) ?? throw RestFaults.NoDeployment();
        return new(DeploymentView.Of(record, input.Embed));
    }
}
