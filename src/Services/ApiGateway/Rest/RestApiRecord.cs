using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.Rest;

/// <summary>A REST API as it is stored, and whose it is.</summary>
internal sealed record RestApiRecord(string Account, string Region, RestApi Api)
{
    public bool BelongsTo(CallContext context) => Account == context.Account.Value && Region == context.Region.Name;
}
