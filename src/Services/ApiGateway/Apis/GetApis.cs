using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Apis;

/// <summary>Lists the APIs of the caller's account and region.</summary>
internal sealed class GetApis(ApiTable apis) : IHandler<GetApisInput, GetApisOutput>
{
    public ValueTask<Outcome<GetApisOutput>> HandleAsync(GetApisInput input, CallContext context, CancellationToken cancel)
    {
        using var snapshot = apis.Partition.Snapshot();
        var (page, next) = Page.Of(StoredJson.Ids(snapshot, ApiGatewayKeyspace.Regions, context), id => id, input.MaxResults, input.NextToken);
        return new(new GetApisOutput
        {
            Items = [.. page.Select(id => ApiView.Of(ApiTable.Own(snapshot, id, context).Api, context))],
            NextToken = next,
        });
    }
}
