using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Roles;

/// <summary>
/// Detaches a managed policy from a role. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html"/>
/// </summary>
internal sealed class DetachRolePolicy(IamStore iam) : IHandler<DetachRolePolicyInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DetachRolePolicyInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<RoleRecord>(
            context.Account, input.RoleName, (_, role) => IdentityPolicyEdits.Detach(role.Modifiable(), input.PolicyArn));
        return Unit.Value;
    }
}
