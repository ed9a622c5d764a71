using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Resources;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Methods;

/// <summary>Shows a method with its integration and responses.</summary>
internal sealed class GetMethod(RestTable apis) : IHandler<GetMethodInput, Method>
{
    public ValueTask<Outcome<Method>> HandleAsync(GetMethodInput input, CallContext context, CancellationToken cancel) =>
        new(ResourceTable.Method(ResourceTable.Own(apis.Partition, input.RestApiId, input.ResourceId, context), input.HttpMethod));
}
