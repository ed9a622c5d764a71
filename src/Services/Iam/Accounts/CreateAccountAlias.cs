using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Accounts;

/// <summary>
/// Names the account; a new name replaces the old one.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccountAlias.html"/>
/// </summary>
internal sealed class CreateAccountAlias(IamStore iam) : IHandler<CreateAccountAliasInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(CreateAccountAliasInput input, CallContext context, CancellationToken cancel)
    {
        await iam.UpdateWithKeysAsync(context.Account, (edit, keys, batch) =>
        {
            if (AccountAlias.Owner(keys, input.AccountAlias) is { } owner && owner != context.Account.Value)
            {
                throw IamFaults.AlreadyExists($"The account alias {input.AccountAlias} already exists.");
            }

            AccountAlias.Remove(edit, batch);
            AccountAlias.Set(edit, batch, input.AccountAlias);
            return Unit.Value;
        });
        return Unit.Value;
    }
}
