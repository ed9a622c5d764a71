using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Resources;

/// <summary>Shows a resource.</summary>
internal sealed class GetResource(RestTable apis) : IHandler<GetResourceInput, Resource>
{
    public ValueTask<Outcome<Resource>> HandleAsync(GetResourceInput input, CallContext context, CancellationToken cancel) =>
        new(ResourceView.Of(ResourceTable.Own(apis.Partition, input.RestApiId, input.ResourceId, context), input.Embed));
}
