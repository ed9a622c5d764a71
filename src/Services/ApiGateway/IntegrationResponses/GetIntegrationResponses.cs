using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.IntegrationResponses;

/// <summary>Lists those of an integration.</summary>
internal sealed class GetIntegrationResponses(ApiTable apis) : IHandler<GetIntegrationResponsesInput, GetIntegrationResponsesOutput>
{
    public ValueTask<Outcome<GetIntegrationResponsesOutput>> HandleAsync(GetIntegrationResponsesInput input, CallContext context, CancellationToken cancel)
    {
        ApiTable.Own(apis.Partition, input.ApiId, context);
        var all = StoredJson.Parts(apis.Partition, ApiGatewayKeyspace.IntegrationResponses, input.ApiId, ApiGatewayRecords.Default.IntegrationResponseRecord)
            .Where(record => record.IntegrationId == input.IntegrationId).Select(record => record.Response);
        var (page, next) = Page.Of(all, part => part.IntegrationResponseId!, input.MaxResults, input.NextToken);
        return new(new GetIntegrationResponsesOutput { Items = page, NextToken = next });
    }
}
