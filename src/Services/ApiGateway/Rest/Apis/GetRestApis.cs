using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Apis;

/// <summary>Lists the caller's REST APIs, in the order of their ids.</summary>
internal sealed class GetRestApis(RestTable apis) : IHandler<GetRestApisInput, GetRestApisOutput>
{
    public ValueTask<Outcome<GetRestApisOutput>> HandleAsync(GetRestApisInput input, CallContext context, CancellationToken cancel)
    {
        using var snapshot = apis.Partition.Snapshot();
        var (ids, position) = RestPage.Of(StoredJson.Ids(snapshot, ApiGatewayKeyspace.RestRegions, context), static id => id, input.Limit, input.Position);
        return new(new GetRestApisOutput
        {
            Items = [.. ids.Select(id => RestApiView.Of(RestTable.Find(snapshot, id)!.Api, tags: false))],
            Position = position,
        });
    }
}
