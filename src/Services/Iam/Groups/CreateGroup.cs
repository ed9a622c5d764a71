using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Groups;

/// <summary>Creates a group. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateGroup.html"/></summary>
internal sealed class CreateGroup(IamStore iam, IIdSource ids) : IHandler<CreateGroupInput, CreateGroupOutput>
{
    public async ValueTask<Outcome<CreateGroupOutput>> HandleAsync(CreateGroupInput input, CallContext context, CancellationToken cancel)
    {
        var group = new GroupRecord
        {
            Name = input.GroupName,
            Path = input.Path ?? "/",
            Id = ids.NewIamId(IamIds.Group),
            Created = context.Now(),
        };
        await iam.UpdateAsync(context.Account, edit =>
        {
            edit.Add(group);
            return group;
        });
        return new CreateGroupOutput { Group = group.ToGroup(context.Account) };
    }
}
