using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Resources;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Methods;

/// <summary>Shows a response of a method.</summary>
internal sealed class GetMethodResponse(RestTable apis) : IHandler<GetMethodResponseInput, MethodResponse>
{
    public ValueTask<Outcome<MethodResponse>> HandleAsync(GetMethodResponseInput input, CallContext context, CancellationToken cancel)
    {
        var resource = ResourceTable.Own(apis.Partition, input.RestApiId, input.ResourceId, context);
        return new(MethodResponseRules.Find(ResourceTable.Method(resource, input.HttpMethod), input.StatusCode));
    }
}
