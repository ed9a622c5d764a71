using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Execute.Caching;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.Apis;

/// <summary>Deletes a REST API with all its parts.</summary>
internal sealed class DeleteRestApi(RestTable apis, StageCaches caches) : IHandler<DeleteRestApiInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteRestApiInput input, CallContext context, CancellationToken cancel)
    {
        var stages = StoredJson.Parts(apis.Partition, ApiGatewayKeyspace.RestStages, input.RestApiId, RestRecords.Default.Stage);
        await apis.Partition.UpdateAsync((input.RestApiId, context), static (current, batch, state) =>
        {
            var (id, context) = state;
            RestTable.Own(current, id, context);
            batch.Delete(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestApis, id));
            batch.Delete(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestRegions, context.Account.Value, context.Region.Name, id));
            foreach (var kind in ApiGatewayKeyspace.RestParts)
            {
                batch.DeleteRange(KeyRange.Prefix(ApiGatewayKeyspace.Key(kind, id)));
            }

            return true;
        });
        stages.ForEach(stage => caches.Flush(input.RestApiId, stage.StageName!));
        return Unit.Value;
    }
}
