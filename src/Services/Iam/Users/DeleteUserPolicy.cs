using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Users;

/// <summary>
/// Removes an inline policy of a user. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html"/>
/// </summary>
internal sealed class DeleteUserPolicy(IamStore iam) : IHandler<DeleteUserPolicyInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteUserPolicyInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<UserRecord>(
            context.Account, input.UserName, (_, user) => IdentityPolicyEdits.DeleteInline(user, input.PolicyName));
        return Unit.Value;
    }
}
