using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Integrations;

/// <summary>Deletes an integration that no route leads to.</summary>
internal sealed class DeleteIntegration(ApiTable apis, IIdSource ids) : IHandler<DeleteIntegrationInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(DeleteIntegrationInput input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            ApiTable.Own(current, input.ApiId, context);
            var parts = ApiParts.Read(current, input.ApiId);
            if (parts.Integrations.RemoveAll(integration => integration.IntegrationId == input.IntegrationId) == 0)
            {
                throw IntegrationRules.Missing(input.IntegrationId);
            }

            if (parts.Routes.Find(route => route.Target == "integrations/" + input.IntegrationId) is { } user)
            {
                return (Outcome<Unit>)ApiGatewayV2Errors.ConflictException.With(
                    $"Cannot delete Integration '{input.IntegrationId}' because it is referenced by Route '{user.RouteKey}'.");
            }

            batch.Delete(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Integrations, input.ApiId, input.IntegrationId));
            AutoDeploy.Into(batch, input.ApiId, parts, context.Time, ids);
            return Unit.Value;
        });
}
