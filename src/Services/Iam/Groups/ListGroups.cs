using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Groups;

/// <summary>Lists groups by name. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroups.html"/></summary>
internal sealed class ListGroups(IamStore iam) : IHandler<ListGroupsInput, ListGroupsOutput>
{
    public ValueTask<Outcome<ListGroupsOutput>> HandleAsync(ListGroupsInput input, CallContext context, CancellationToken cancel)
    {
        var all = iam.Read(context.Account).All<GroupRecord>().Where(group => group.Path.StartsWith(input.PathPrefix ?? "/", StringComparison.Ordinal));
        var page = IamPage.Of(all, group => group.Name, input.Marker, input.MaxItems);
        return new(new ListGroupsOutput
        {
            Groups = [.. page.Items.Select(group => group.ToGroup(context.Account))],
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        });
    }
}
