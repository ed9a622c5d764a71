using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Accounts;

/// <summary>
/// Takes the name of the account away. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountAlias.html"/>
/// </summary>
internal sealed class DeleteAccountAlias(IamStore iam) : IHandler<DeleteAccountAliasInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteAccountAliasInput input, CallContext context, CancellationToken cancel)
    {
        await iam.UpdateWithKeysAsync(context.Account, (edit, _, batch) =>
        {
            if (edit.Alias() != input.AccountAlias)
            {
                throw IamFaults.NoSuchEntity($"The account alias {input.AccountAlias} cannot be found.");
            }

            AccountAlias.Remove(edit, batch);
            return Unit.Value;
        });
        return Unit.Value;
    }
}
