using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Resources;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Rest.Integrations;

/// <summary>Takes a method's integration away.</summary>
internal sealed class DeleteIntegration(RestTable apis) : IHandler<DeleteIntegrationInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteIntegrationInput input, CallContext context, CancellationToken cancel) =>
        await ResourceTable.ChangeMethodAsync(apis, input.RestApiId, input.ResourceId, input.HttpMethod, context, (_, method) =>
        {
            IntegrationTarget.Of(method);
            method.MethodIntegration = null;
            return Unit.Value;
        });
}
