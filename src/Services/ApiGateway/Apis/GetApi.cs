using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Apis;

/// <summary>Shows an API.</summary>
internal sealed class GetApi(ApiTable apis) : IHandler<GetApiInput, Api>
{
    public ValueTask<Outcome<Api>> HandleAsync(GetApiInput input, CallContext context, CancellationToken cancel) =>
        new(ApiView.Of(ApiTable.Own(apis.Partition, input.ApiId, context).Api, context));
}
