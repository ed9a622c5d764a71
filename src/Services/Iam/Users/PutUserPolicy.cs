using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Users;

/// <summary>
/// Adds or replaces an inline policy of a user. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html"/>
/// </summary>
internal sealed class PutUserPolicy(IamStore iam) : IHandler<PutUserPolicyInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(PutUserPolicyInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<UserRecord>(
            context.Account, input.UserName, (_, user) => IdentityPolicyEdits.PutInline(user, input.PolicyName, input.PolicyDocument));
        return Unit.Value;
    }
}
