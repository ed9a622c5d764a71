using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Execute.Calls;
using Haneul.ApiGateway.Execute.WebSockets;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Storage;

namespace Haneul.ApiGateway.Apis;

/// <summary>Deletes an API with all its parts.</summary>
internal sealed class DeleteApi(ApiTable apis, HttpMetrics metrics, SocketReports sockets) : IHandler<DeleteApiInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteApiInput input, CallContext context, CancellationToken cancel)
    {
        var outcome = await apis.Partition.UpdateAsync((input.ApiId, context), static (current, batch, state) =>
        {
            var (id, context) = state;
            ApiTable.Own(current, id, context);
            batch.Delete(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Apis, id));
            batch.Delete(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Regions, context.Account.Value, context.Region.Name, id));
            for (var kind = ApiGatewayKeyspace.Routes; kind <= ApiGatewayKeyspace.IntegrationResponses; kind++)
            {
                batch.DeleteRange(KeyRange.Prefix(ApiGatewayKeyspace.Key(kind, id)));
            }

            return (Outcome<Unit>)Unit.Value;
        });
        metrics.Forget(input.ApiId);
        sockets.Forget(input.ApiId);
        return outcome;
    }
}
