using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Integrations;

/// <summary>Lists an API's integrations.</summary>
internal sealed class GetIntegrations(ApiTable apis) : IHandler<GetIntegrationsInput, GetIntegrationsOutput>
{
    public ValueTask<Outcome<GetIntegrationsOutput>> HandleAsync(GetIntegrationsInput input, CallContext context, CancellationToken cancel)
    {
        ApiTable.Own(apis.Partition, input.ApiId, context);
        var all = StoredJson.Parts(apis.Partition, ApiGatewayKeyspace.Integrations, input.ApiId, ApiGatewayRecords.Default.Integration);
        var (page, next) = Page.Of(all, integration => integration.IntegrationId!, input.MaxResults, input.NextToken);
        return new(new GetIntegrationsOutput { Items = page, NextToken = next });
    }
}
