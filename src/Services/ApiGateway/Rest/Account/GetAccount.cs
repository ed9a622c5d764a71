using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using AccountSettings = Haneul.ApiGateway.Contracts.V1.Account;

namespace Haneul.ApiGateway.Rest.Account;

/// <summary>Shows the account's settings in the region.</summary>
internal sealed class GetAccount(RestTable apis) : IHandler<GetAccountInput, AccountSettings>
{
    public ValueTask<Outcome<AccountSettings>> HandleAsync(GetAccountInput input, CallContext context, CancellationToken cancel) =>
        new(AccountTable.Settings(apis.Partition, context));
}
