using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Deployments;

/// <summary>Lists an API's deployments, in the order of their ids.</summary>
internal sealed class GetDeployments(RestTable apis) : IHandler<GetDeploymentsInput, GetDeploymentsOutput>
{
    public ValueTask<Outcome<GetDeploymentsOutput>> HandleAsync(GetDeploymentsInput input, CallContext context, CancellationToken cancel)
    {
        RestTable.Own(apis.Partition, input.RestApiId, context);
        var all = StoredJson.Parts(apis.Partition, ApiGatewayKeyspace.RestDeployments, input.RestApiId, RestRecords.Default.RestDeployment)
            .ConvertAll(static record => DeploymentView.Of(record, embed: null));
        var (page, position) = RestPage.Of(all, static deployment => deployment.Id!, input.Limit, input.Position);
        return new(new GetDeploymentsOutput { Items = page, Position = position });
    }
}
