using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Resources;

/// <summary>Lists an API's resources, in the order of their ids.</summary>
internal sealed class GetResources(RestTable apis) : IHandler<GetResourcesInput, GetResourcesOutput>
{
    public ValueTask<Outcome<GetResourcesOutput>> HandleAsync(GetResourcesInput input, CallContext context, CancellationToken cancel)
    {
        RestTable.Own(apis.Partition, input.RestApiId, context);
        var all = ResourceTable.All(apis.Partition, input.RestApiId);
        var (page, position) = RestPage.Of(all, static resource => resource.Id!, input.Limit, input.Position);
        return new(new GetResourcesOutput { Items = [.. page.Select(resource => ResourceView.Of(resource, input.Embed))], Position = position });
    }
}
