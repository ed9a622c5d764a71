using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Roles;

/// <summary>
/// Limits what the policies of a role can allow.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html"/>
/// </summary>
internal sealed class PutRolePermissionsBoundary(IamStore iam) : IHandler<PutRolePermissionsBoundaryInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(PutRolePermissionsBoundaryInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<RoleRecord>(
            context.Account, input.RoleName, (edit, role) => IdentityPolicyEdits.SetBoundary(edit, role.Modifiable(), input.PermissionsBoundary));
        return Unit.Value;
    }
}
