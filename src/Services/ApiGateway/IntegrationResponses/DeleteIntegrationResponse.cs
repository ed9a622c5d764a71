using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.IntegrationResponses;

/// <summary>Deletes an integration's response.</summary>
internal sealed class DeleteIntegrationResponse(ApiTable apis, IIdSource ids) : IHandler<DeleteIntegrationResponseInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(DeleteIntegrationResponseInput input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            ApiTable.Own(current, input.ApiId, context);
            var parts = ApiParts.Read(current, input.ApiId);
            if (parts.IntegrationResponses.RemoveAll(record => record.IntegrationId == input.IntegrationId && record.Response.IntegrationResponseId == input.IntegrationResponseId) == 0)
            {
                throw IntegrationResponseRules.Missing(input.IntegrationResponseId);
            }

            batch.Delete(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.IntegrationResponses, input.ApiId, input.IntegrationId, input.IntegrationResponseId));
            AutoDeploy.Into(batch, input.ApiId, parts, context.Time, ids);
            return (Outcome<Unit>)Unit.Value;
        });
}
