using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway;

/// <summary>An API as it is stored, and whose it is.</summary>
internal sealed record ApiRecord(string Account, string Region, Api Api)
{
    public bool BelongsTo(CallContext context) => Account == context.Account.Value && Region == context.Region.Name;
}
