using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Keys;

/// <summary>Shows an API key; its value only where that is asked for.</summary>
internal sealed class GetApiKey(RestTable apis) : IHandler<GetApiKeyInput, ApiKey>
{
    public ValueTask<Outcome<ApiKey>> HandleAsync(GetApiKeyInput input, CallContext context, CancellationToken cancel) =>
        new(ApiKeyRules.View(ApiKeyRules.Own(apis.Partition, input.ApiKey, context), withValue: input.IncludeValue == true, withTags: true));
}
