using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Roles;

/// <summary>
/// Lifts the permissions boundary of a role.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html"/>
/// </summary>
internal sealed class DeleteRolePermissionsBoundary(IamStore iam) : IHandler<DeleteRolePermissionsBoundaryInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(
        DeleteRolePermissionsBoundaryInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<RoleRecord>(
            context.Account, input.RoleName, (edit, role) => IdentityPolicyEdits.SetBoundary(edit, role.Modifiable(), arn: null));
        return Unit.Value;
    }
}
