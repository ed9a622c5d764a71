using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Users;

/// <summary>Lists users by name. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html"/></summary>
internal sealed class ListUsers(IamStore iam) : IHandler<ListUsersInput, ListUsersOutput>
{
    public ValueTask<Outcome<ListUsersOutput>> HandleAsync(ListUsersInput input, CallContext context, CancellationToken cancel)
    {
        var all = iam.Read(context.Account).All<UserRecord>().Where(user => user.Path.StartsWith(input.PathPrefix ?? "/", StringComparison.Ordinal));
        var page = IamPage.Of(all, user => user.Name, input.Marker, input.MaxItems);
        return new(new ListUsersOutput
        {
            Users = [.. page.Items.Select(user => user.ToUser(context.Account, details: false))],
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        });
    }
}
