using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.IntegrationResponses;

/// <summary>Shows an integration's response.</summary>
internal sealed class GetIntegrationResponse(ApiTable apis) : IHandler<GetIntegrationResponseInput, IntegrationResponse>
{
    public ValueTask<Outcome<IntegrationResponse>> HandleAsync(GetIntegrationResponseInput input, CallContext context, CancellationToken cancel)
    {
        ApiTable.Own(apis.Partition, input.ApiId, context);
        var key = ApiGatewayKeyspace.Key(ApiGatewayKeyspace.IntegrationResponses, input.ApiId, input.IntegrationId, input.IntegrationResponseId);
        return new((StoredJson.Read(apis.Partition, key, ApiGatewayRecords.Default.IntegrationResponseRecord) ?? throw IntegrationResponseRules.Missing(input.IntegrationResponseId)).Response);
    }
}
