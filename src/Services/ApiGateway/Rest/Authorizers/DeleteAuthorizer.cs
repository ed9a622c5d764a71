using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Resources;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Rest.Authorizers;

/// <summary>Deletes an authorizer that no method uses.</summary>
internal sealed class DeleteAuthorizer(RestTable apis) : IHandler<DeleteAuthorizerInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(DeleteAuthorizerInput input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            AuthorizerRules.Own(current, input.RestApiId, input.AuthorizerId, context);
            foreach (var resource in ResourceTable.All(current, input.RestApiId))
            {
                foreach (var (httpMethod, method) in resource.ResourceMethods ?? new Dictionary<string, Method>())
                {
                    if (method.AuthorizerId == input.AuthorizerId)
                    {
                        throw RestFaults.Conflict(
                            $"Cannot delete authorizer '{input.AuthorizerId}', is referenced in method: {resource.Path}/{httpMethod}");
                    }
                }
            }

            RestPut.Delete(batch, ApiGatewayKeyspace.RestAuthorizers, input.RestApiId, input.AuthorizerId);
            return (Outcome<Unit>)Unit.Value;
        });
}
