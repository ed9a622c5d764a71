using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Resources;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Rest.Methods;

/// <summary>Deletes a method.</summary>
internal sealed class DeleteMethod(RestTable apis) : IHandler<DeleteMethodInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteMethodInput input, CallContext context, CancellationToken cancel) =>
        await ResourceTable.ChangeAsync(apis, input.RestApiId, input.ResourceId, context, (_, resource) =>
        {
            ResourceTable.Method(resource, input.HttpMethod);
            resource.ResourceMethods = Texts.Without(resource.ResourceMethods, input.HttpMethod);
            return Unit.Value;
        });
}
