using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Users;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Groups;

/// <summary>Shows a group and who is in it. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroup.html"/></summary>
internal sealed class GetGroup(IamStore iam) : IHandler<GetGroupInput, GetGroupOutput>
{
    public ValueTask<Outcome<GetGroupOutput>> HandleAsync(GetGroupInput input, CallContext context, CancellationToken cancel)
    {
        var reader = iam.Read(context.Account);
        var group = reader.Get<GroupRecord>(input.GroupName);
        var members = reader.All<UserRecord>().Where(user => user.Groups.Contains(group.Name));
        var page = IamPage.Of(members, user => user.Name, input.Marker, input.MaxItems);
        return new(new GetGroupOutput
        {
            Group = group.ToGroup(context.Account),
            Users = [.. page.Items.Select(user => user.ToUser(context.Account, details: false))],
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        });
    }
}
