using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Users;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Groups;

/// <summary>
/// Deletes a group that is empty and has no policies.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroup.html"/>
/// </summary>
internal sealed class DeleteGroup(IamStore iam) : IHandler<DeleteGroupInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteGroupInput input, CallContext context, CancellationToken cancel)
    {
        await iam.UpdateAsync(context.Account, edit =>
        {
            var group = edit.Get<GroupRecord>(input.GroupName);
            if (edit.All<UserRecord>().Any(user => user.Groups.Contains(group.Name)))
            {
                throw IamFaults.DeleteConflict("Cannot delete entity, must remove users from group first.");
            }

            if (group.Attached.Count > 0)
            {
                throw IamFaults.DeleteConflict("Cannot delete entity, must detach all policies first.");
            }

            if (group.Inline.Count > 0)
            {
                throw IamFaults.DeleteConflict("Cannot delete entity, must delete policies first.");
            }

            edit.Delete(group);
            return group;
        });
        return Unit.Value;
    }
}
