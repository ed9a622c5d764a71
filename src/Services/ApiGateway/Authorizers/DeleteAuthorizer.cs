using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Authorizers;

/// <summary>Deletes an authorizer that no route asks.</summary>
internal sealed class DeleteAuthorizer(ApiTable apis, IIdSource ids) : IHandler<DeleteAuthorizerInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(DeleteAuthorizerInput input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            ApiTable.Own(current, input.ApiId, context);
            var parts = ApiParts.Read(current, input.ApiId);
            if (parts.Authorizers.RemoveAll(authorizer => authorizer.AuthorizerId == input.AuthorizerId) == 0)
            {
                throw AuthorizerRules.Missing(input.AuthorizerId);
            }

            if (parts.Routes.Find(route => route.AuthorizerId == input.AuthorizerId) is { } user)
            {
                return (Outcome<Unit>)ApiGatewayV2Errors.ConflictException.With(
                    $"Cannot delete Authorizer '{input.AuthorizerId}' because it is referenced by Route '{user.RouteKey}'.");
            }

            batch.Delete(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Authorizers, input.ApiId, input.AuthorizerId));
            AutoDeploy.Into(batch, input.ApiId, parts, context.Time, ids);
            return Unit.Value;
        });
}
