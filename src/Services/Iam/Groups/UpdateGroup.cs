using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Users;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Groups;

/// <summary>
/// Renames or moves a group; its members stay in it.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateGroup.html"/>
/// </summary>
internal sealed class UpdateGroup(IamStore iam) : IHandler<UpdateGroupInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(UpdateGroupInput input, CallContext context, CancellationToken cancel)
    {
        await iam.UpdateAsync(context.Account, edit =>
        {
            var old = edit.Get<GroupRecord>(input.GroupName);
            var group = old with { Name = input.NewGroupName ?? old.Name, Path = input.NewPath ?? old.Path };
            if (!group.Name.Equals(old.Name, StringComparison.OrdinalIgnoreCase))
            {
                edit.Delete(old);
                edit.Add(group);
            }
            else
            {
                edit.Put(group);
            }

            foreach (var user in edit.All<UserRecord>().Where(user => user.Groups.Contains(old.Name)))
            {
                edit.Put(user with { Groups = [.. user.Groups.Select(name => name == old.Name ? group.Name : name)] });
            }

            return group;
        });
        return Unit.Value;
    }
}
