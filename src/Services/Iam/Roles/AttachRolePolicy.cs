using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Roles;

/// <summary>
/// Attaches a managed policy to a role. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html"/>
/// </summary>
internal sealed class AttachRolePolicy(IamStore iam) : IHandler<AttachRolePolicyInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(AttachRolePolicyInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<RoleRecord>(
            context.Account, input.RoleName, (edit, role) => IdentityPolicyEdits.Attach(edit, role.Modifiable(), input.PolicyArn));
        return Unit.Value;
    }
}
