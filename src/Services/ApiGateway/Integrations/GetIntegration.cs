using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Integrations;

/// <summary>Shows an integration.</summary>
internal sealed class GetIntegration(ApiTable apis) : IHandler<GetIntegrationInput, ApiIntegration>
{
    public ValueTask<Outcome<ApiIntegration>> HandleAsync(GetIntegrationInput input, CallContext context, CancellationToken cancel)
    {
        ApiTable.Own(apis.Partition, input.ApiId, context);
        var key = ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Integrations, input.ApiId, input.IntegrationId);
        return new(StoredJson.Read(apis.Partition, key, ApiGatewayRecords.Default.Integration) ?? throw IntegrationRules.Missing(input.IntegrationId));
    }
}
