using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Resources;

/// <summary>
/// Creates a resource below another one.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_CreateResource.html"/>
/// </summary>
internal sealed class CreateResource(RestTable apis, IIdSource ids) : IHandler<CreateResourceInput, Resource>
{
    public async ValueTask<Outcome<Resource>> HandleAsync(CreateResourceInput input, CallContext context, CancellationToken cancel) =>
        await apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            var parent = ResourceTable.Own(current, input.RestApiId, input.ParentId, context);
            ResourceRules.CheckPathPart(input.PathPart);
            var all = ResourceTable.All(current, input.RestApiId);
            ResourceRules.CheckPlace(parent, input.PathPart, ownId: null, all);
            if (all.Count >= ResourceRules.MostResources)
            {
                throw RestFaults.LimitExceeded(
                    "Maximum number of resources for this API has been reached. Please contact AWS if you need additional resources.");
            }

            var resource = new Resource
            {
                Id = Texts.NewId(ids),
                ParentId = parent.Id,
                PathPart = input.PathPart,
                Path = ResourceRules.PathOf(parent, input.PathPart),
            };
            RestPut.Resource(batch, input.RestApiId, resource);
            return resource;
        });
}
