using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Rest.Resources;

/// <summary>Deletes a resource with all below it.</summary>
internal sealed class DeleteResource(RestTable apis) : IHandler<DeleteResourceInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(DeleteResourceInput input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            var top = ResourceTable.Own(current, input.RestApiId, input.ResourceId, context);
            if (top.ParentId is null)
            {
                throw RestFaults.BadRequest("Root resource cannot be deleted.");
            }

            foreach (var resource in ResourceRules.Subtree(top, ResourceTable.All(current, input.RestApiId)))
            {
                RestPut.Delete(batch, ApiGatewayKeyspace.RestResources, input.RestApiId, resource.Id!);
            }

            return (Outcome<Unit>)Unit.Value;
        });
}
