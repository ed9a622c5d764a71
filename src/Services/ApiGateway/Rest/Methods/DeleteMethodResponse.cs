using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Resources;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Rest.Methods;

/// <summary>Deletes a response of a method.</summary>
internal sealed class DeleteMethodResponse(RestTable apis) : IHandler<DeleteMethodResponseInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteMethodResponseInput input, CallContext context, CancellationToken cancel) =>
        await ResourceTable.ChangeMethodAsync(apis, input.RestApiId, input.ResourceId, input.HttpMethod, context, (_, method) =>
        {
            MethodResponseRules.Find(method, input.StatusCode);
            method.MethodResponses = Texts.Without(method.MethodResponses, input.StatusCode);
            return Unit.Value;
        });
}
