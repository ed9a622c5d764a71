using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Integrations;

/// <summary>Shows a response of an integration.</summary>
internal sealed class GetIntegrationResponse(RestTable apis) : IHandler<GetIntegrationResponseInput, IntegrationResponse>
{
    public ValueTask<Outcome<IntegrationResponse>> HandleAsync(
        GetIntegrationResponseInput input, CallContext context, CancellationToken cancel) =>
        new(IntegrationTarget.Response(
            IntegrationTarget.Read(apis.Partition, input.RestApiId, input.ResourceId, input.HttpMethod, context), input.StatusCode));
}
