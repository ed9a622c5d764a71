using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Users;

/// <summary>
/// Attaches a managed policy to a user. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html"/>
/// </summary>
internal sealed class AttachUserPolicy(IamStore iam) : IHandler<AttachUserPolicyInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(AttachUserPolicyInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<UserRecord>(
            context.Account, input.UserName, (edit, user) => IdentityPolicyEdits.Attach(edit, user, input.PolicyArn));
        return Unit.Value;
    }
}
