using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Models;

/// <summary>Deletes a model that no route takes bodies by.</summary>
internal sealed class DeleteModel(ApiTable apis, IIdSource ids) : IHandler<DeleteModelInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(DeleteModelInput input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            ApiTable.Own(current, input.ApiId, context);
            var parts = ApiParts.Read(current, input.ApiId);
            var name = parts.Models.Find(model => model.ModelId == input.ModelId)?.Name ?? throw ModelRules.Missing(input.ModelId);
            var user = parts.Routes.Find(route => route.RequestModels?.Values.Contains(name) == true);
            if (user is not null)
            {
                return (Outcome<Unit>)ApiGatewayV2Errors.ConflictException.With($"Cannot delete model '{name}', is referenced in route: {user.RouteKey}");
            }

            parts.Models.RemoveAll(model => model.ModelId == input.ModelId);
            batch.Delete(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Models, input.ApiId, input.ModelId));
            AutoDeploy.Into(batch, input.ApiId, parts, context.Time, ids);
            return Unit.Value;
        });
}
