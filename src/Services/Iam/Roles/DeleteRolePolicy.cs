using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Roles;

/// <summary>
/// Removes an inline policy of a role. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html"/>
/// </summary>
internal sealed class DeleteRolePolicy(IamStore iam) : IHandler<DeleteRolePolicyInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteRolePolicyInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<RoleRecord>(
            context.Account, input.RoleName, (_, role) => IdentityPolicyEdits.DeleteInline(role.Modifiable(), input.PolicyName));
        return Unit.Value;
    }
}
