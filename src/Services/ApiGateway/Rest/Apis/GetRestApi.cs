using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Apis;

/// <summary>Shows a REST API.</summary>
internal sealed class GetRestApi(RestTable apis) : IHandler<GetRestApiInput, RestApi>
{
    public ValueTask<Outcome<RestApi>> HandleAsync(GetRestApiInput input, CallContext context, CancellationToken cancel) =>
        new(RestApiView.Of(RestTable.Own(apis.Partition, input.RestApiId, context).Api, tags: true));
}
