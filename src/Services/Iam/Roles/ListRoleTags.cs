using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Roles;

/// <summary>Lists the tags of a role. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoleTags.html"/></summary>
internal sealed class ListRoleTags(IamStore iam) : IHandler<ListRoleTagsInput, ListRoleTagsOutput>
{
    public ValueTask<Outcome<ListRoleTagsOutput>> HandleAsync(ListRoleTagsInput input, CallContext context, CancellationToken cancel)
    {
        var role = iam.Read(context.Account).Get<RoleRecord>(input.RoleName);
        var page = IamPage.Of(
            TagSet.List(role.Tags).OrderBy(tag => tag.Key, StringComparer.OrdinalIgnoreCase), tag => tag.Key, input.Marker, input.MaxItems);
        return new(new ListRoleTagsOutput { Tags = page.Items, IsTruncated = page.IsTruncated, Marker = page.Marker });
    }
}
