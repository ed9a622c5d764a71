using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Users;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Groups;

/// <summary>Puts a user into a group. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html"/></summary>
internal sealed class AddUserToGroup(IamStore iam) : IHandler<AddUserToGroupInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(AddUserToGroupInput input, CallContext context, CancellationToken cancel)
    {
        await iam.UpdateAsync(context.Account, edit =>
        {
            var group = edit.Get<GroupRecord>(input.GroupName);
            var user = edit.Get<UserRecord>(input.UserName);
            if (!user.Groups.Contains(group.Name))
            {
                if (user.Groups.Count >= UserRecord.MaxGroups)
                {
                    throw IamFaults.Quota("GroupsPerUser", UserRecord.MaxGroups);
                }

                edit.Put(user with { Groups = [.. user.Groups, group.Name] });
            }

            return user;
        });
        return Unit.Value;
    }
}
