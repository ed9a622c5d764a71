using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Accounts;

/// <summary>
/// Tells the name of the account. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html"/>
/// </summary>
internal sealed class ListAccountAliases(IamStore iam) : IHandler<ListAccountAliasesInput, ListAccountAliasesOutput>
{
    public ValueTask<Outcome<ListAccountAliasesOutput>> HandleAsync(
        ListAccountAliasesInput input, CallContext context, CancellationToken cancel)
    {
        var alias = iam.Read(context.Account).Alias();
        return new(new ListAccountAliasesOutput { AccountAliases = alias is null ? [] : [alias], IsTruncated = false });
    }
}
