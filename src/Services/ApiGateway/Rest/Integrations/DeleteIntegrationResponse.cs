using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Resources;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Rest.Integrations;

/// <summary>Deletes a response of an integration. A method that is not there is an integration that is not there.</summary>
internal sealed class DeleteIntegrationResponse(RestTable apis) : IHandler<DeleteIntegrationResponseInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteIntegrationResponseInput input, CallContext context, CancellationToken cancel) =>
        await ResourceTable.ChangeAsync(apis, input.RestApiId, input.ResourceId, context, (_, resource) =>
        {
            var integration = resource.ResourceMethods?.GetValueOrDefault(input.HttpMethod)?.MethodIntegration ?? throw RestFaults.NoIntegration();
            IntegrationTarget.Response(integration, input.StatusCode);
            integration.IntegrationResponses = Texts.Without(integration.IntegrationResponses, input.StatusCode);
            return Unit.Value;
        });
}
