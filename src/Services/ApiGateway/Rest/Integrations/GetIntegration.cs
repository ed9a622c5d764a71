using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Integrations;

/// <summary>Shows a method's integration.</summary>
internal sealed class GetIntegration(RestTable apis) : IHandler<GetIntegrationInput, RestIntegration>
{
    public ValueTask<Outcome<RestIntegration>> HandleAsync(GetIntegrationInput input, CallContext context, CancellationToken cancel) =>
        new(IntegrationTarget.Read(apis.Partition, input.RestApiId, input.ResourceId, input.HttpMethod, context));
}
