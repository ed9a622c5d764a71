using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Patches;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Resources;

/// <summary>
/// Renames or moves a resource with all below it.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateResource-Patch"/>
/// </summary>
internal sealed class UpdateResource(RestTable apis) : IHandler<UpdateResourceInput, Resource>
{
    private static readonly PatchTable<Move> s_patch = new PatchTable<Move>(PatchWords.Listed)
        .On("/parentId", "replace", ChangeParent)
        .On("/pathPart", "replace", ChangePathPart);

    public async ValueTask<Outcome<Resource>> HandleAsync(UpdateResourceInput input, CallContext context, CancellationToken cancel) =>
        await apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            var found = ResourceTable.Own(current, input.RestApiId, input.ResourceId, context);
            var all = ResourceTable.All(current, input.RestApiId);
            var move = new Move(all.Find(resource => resource.Id == found.Id)!, all);
            s_patch.Apply(move, input.PatchOperations);
            foreach (var resource in ResourceRules.Subtree(move.Resource, all))
            {
                resource.Path = resource.ParentId is null
                    ? "/"
                    : ResourceRules.PathOf(all.Find(parent => parent.Id == resource.ParentId)!, resource.PathPart!);
                RestPut.Resource(batch, input.RestApiId, resource);
            }

            return ResourceView.Of(move.Resource, embed: null);
        });

    private static void ChangeParent(Move move, PatchStep step)
    {
        if (move.Resource.ParentId is null)
        {
            throw RestFaults.BadRequest("Root resource cannot update its parentId.");
        }

        var parent = move.All.Find(resource => resource.Id == step.Value) ?? throw RestFaults.NoResource();
        if (ResourceRules.Subtree(move.Resource, move.All).Contains(parent))
        {
            throw RestFaults.BadRequest("Resources cannot be cyclical.");
        }

        ResourceRules.CheckPlace(parent, move.Resource.PathPart!, move.Resource.Id, move.All);
        move.Resource.ParentId = parent.Id;
    }

    private static void ChangePathPart(Move move, PatchStep step)
    {
        if (move.Resource.ParentId is null)
        {
            throw RestFaults.BadRequest("Root resource cannot update its pathPart.");
        }

        ResourceRules.CheckPathPart(step.Value);
        ResourceRules.CheckPlace(move.All.Find(resource => resource.Id == move.Resource.ParentId)!, step.Value!, move.Resource.Id, move.All);
        if (ResourceRules.IsGreedy(step.Value) && move.All.Exists(resource => resource.ParentId == move.Resource.Id))
        {
            throw RestFaults.BadRequest($"Cannot create a child of a resource with a greedy path variable: {step.Value}");
        }

        move.Resource.PathPart = step.Value;
    }

    private sealed record Move(Resource Resource, List<Resource> All);
}
