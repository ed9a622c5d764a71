using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Roles;

/// <summary>
/// Deletes a role that has no policies and is in no instance profile.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html"/>
/// </summary>
internal sealed class DeleteRole(IamStore iam) : IHandler<DeleteRoleInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteRoleInput input, CallContext context, CancellationToken cancel)
    {
        await iam.UpdateAsync(context.Account, edit =>
        {
            RoleDeletion.Delete(edit, edit.Get<RoleRecord>(input.RoleName).Modifiable());
            return Unit.Value;
        });
        return Unit.Value;
    }
}
