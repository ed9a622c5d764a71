using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Deployments;

/// <summary>Lists an API's deployments.</summary>
internal sealed class GetDeployments(ApiTable apis) : IHandler<GetDeploymentsInput, GetDeploymentsOutput>
{
    public ValueTask<Outcome<GetDeploymentsOutput>> HandleAsync(GetDeploymentsInput input, CallContext context, CancellationToken cancel)
    {
        ApiTable.Own(apis.Partition, input.ApiId, context);
        var all = StoredJson.Parts(apis.Partition, ApiGatewayKeyspace.Deployments, input.ApiId, ApiGatewayRecords.Default.DeploymentRecord);
        var (page, next) = Page.Of(all.Select(record => record.Deployment), deployment => deployment.DeploymentId!, input.MaxResults, input.NextToken);
        return new(new GetDeploymentsOutput { Items = page, NextToken = next });
    }
}
