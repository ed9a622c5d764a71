using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Keys;

/// <summary>Lists API keys, the newest first: all, or those whose name begins as asked or that are a customer's.</summary>
internal sealed class GetApiKeys(RestTable apis) : IHandler<GetApiKeysInput, GetApiKeysOutput>
{
    public ValueTask<Outcome<GetApiKeysOutput>> HandleAsync(GetApiKeysInput input, CallContext context, CancellationToken cancel)
    {
        var wanted = ApiKeyRules.All(apis.Partition, context).FindAll(key =>
            (string.IsNullOrEmpty(input.NameQuery) || key.Name?.StartsWith(input.NameQuery, StringComparison.Ordinal) == true)
            && (string.IsNullOrEmpty(input.CustomerId) || key.CustomerId == input.CustomerId));
        var (page, position) = RestPage.Of(wanted, static key => key.Id!, input.Limit, input.Position);
        return new(new GetApiKeysOutput
        {
            Items = [.. page.Select(key => ApiKeyRules.View(key, withValue: input.IncludeValues == true, withTags: false))],
            Position = position,
        });
    }
}
