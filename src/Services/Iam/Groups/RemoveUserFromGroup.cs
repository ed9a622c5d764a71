using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Users;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Groups;

/// <summary>
/// Takes a user out of a group. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveUserFromGroup.html"/>
/// </summary>
internal sealed class RemoveUserFromGroup(IamStore iam) : IHandler<RemoveUserFromGroupInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(RemoveUserFromGroupInput input, CallContext context, CancellationToken cancel)
    {
        await iam.UpdateAsync(context.Account, edit =>
        {
            var group = edit.Get<GroupRecord>(input.GroupName);
            var user = edit.Get<UserRecord>(input.UserName);
            edit.Put(user with { Groups = [.. user.Groups.Where(name => name != group.Name)] });
            return user;
        });
        return Unit.Value;
    }
}
