using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Users;

/// <summary>
/// Detaches a managed policy from a user. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachUserPolicy.html"/>
/// </summary>
internal sealed class DetachUserPolicy(IamStore iam) : IHandler<DetachUserPolicyInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DetachUserPolicyInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<UserRecord>(context.Account, input.UserName, (_, user) => IdentityPolicyEdits.Detach(user, input.PolicyArn));
        return Unit.Value;
    }
}
