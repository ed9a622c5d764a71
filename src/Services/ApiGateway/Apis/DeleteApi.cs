using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Storage;

namespace Haneul.ApiGateway.Apis;

/// <summary>Deletes an API with all its parts.</summary>
internal sealed class DeleteApi(ApiTable apis) : IHandler<DeleteApiInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(DeleteApiInput input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input.ApiId, context), static (current, batch, state) =>
        {
            var (id, context) = state;
            ApiTable.Own(current, id, context);
            batch.Delete(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Apis, id));
            batch.Delete(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Regions, context.Account.Value, context.Region.Name, id));
            foreach (var kind in (ReadOnlySpan<byte>)
                [ApiGatewayKeyspace.Routes, ApiGatewayKeyspace.Integrations, ApiGatewayKeyspace.Stages, ApiGatewayKeyspace.Deployments])
            {
                batch.DeleteRange(KeyRange.Prefix(ApiGatewayKeyspace.Key(kind, id)));
            }

            return (Outcome<Unit>)Unit.Value;
        });
}
