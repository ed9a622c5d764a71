using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Roles;

/// <summary>
/// Deletes the role of a service; done when it answers.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceLinkedRole.html"/>
/// </summary>
internal sealed class DeleteServiceLinkedRole(IamStore iam, IIdSource ids)
    : IHandler<DeleteServiceLinkedRoleInput, DeleteServiceLinkedRoleOutput>
{
    public async ValueTask<Outcome<DeleteServiceLinkedRoleOutput>> HandleAsync(
        DeleteServiceLinkedRoleInput input, CallContext context, CancellationToken cancel)
    {
        var path = await iam.UpdateAsync(context.Account, edit =>
        {
            var role = edit.Get<RoleRecord>(input.RoleName);
            if (!role.IsServiceLinked)
            {
                throw IamFaults.InvalidInput($"The role {input.RoleName} is not a service-linked role.");
            }

            RoleDeletion.Delete(edit, role);
            return role.Path + role.Name;
        });
        return new DeleteServiceLinkedRoleOutput { DeletionTaskId = $"task{path}/{ids.NewUuid()}" };
    }
}
