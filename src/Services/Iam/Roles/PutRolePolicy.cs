using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Roles;

/// <summary>
/// Adds or replaces an inline policy of a role. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html"/>
/// </summary>
internal sealed class PutRolePolicy(IamStore iam) : IHandler<PutRolePolicyInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(PutRolePolicyInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<RoleRecord>(
            context.Account, input.RoleName, (_, role) => IdentityPolicyEdits.PutInline(role.Modifiable(), input.PolicyName, input.PolicyDocument));
        return Unit.Value;
    }
}
