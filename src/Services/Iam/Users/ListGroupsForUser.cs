using Haneul.Iam.Contracts;
using Haneul.Iam.Groups;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Users;

/// <summary>
/// Lists the groups that a user is in. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html"/>
/// </summary>
internal sealed class ListGroupsForUser(IamStore iam) : IHandler<ListGroupsForUserInput, ListGroupsForUserOutput>
{
    public ValueTask<Outcome<ListGroupsForUserOutput>> HandleAsync(
        ListGroupsForUserInput input, CallContext context, CancellationToken cancel)
    {
        var reader = iam.Read(context.Account);
        var groups = reader.Get<UserRecord>(input.UserName).Groups
            .Select(reader.Find<GroupRecord>).OfType<GroupRecord>().OrderBy(group => group.Name, StringComparer.OrdinalIgnoreCase);
        var page = IamPage.Of(groups, group => group.Name, input.Marker, input.MaxItems);
        return new(new ListGroupsForUserOutput
        {
            Groups = [.. page.Items.Select(group => group.ToGroup(context.Account))],
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        });
    }
}
