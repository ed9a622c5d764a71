using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Users;

/// <summary>Lists the tags of a user. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserTags.html"/></summary>
internal sealed class ListUserTags(IamStore iam) : IHandler<ListUserTagsInput, ListUserTagsOutput>
{
    public ValueTask<Outcome<ListUserTagsOutput>> HandleAsync(ListUserTagsInput input, CallContext context, CancellationToken cancel)
    {
        var user = iam.Read(context.Account).Get<UserRecord>(input.UserName);
        var page = IamPage.Of(
            TagSet.List(user.Tags).OrderBy(tag => tag.Key, StringComparer.OrdinalIgnoreCase), tag => tag.Key, input.Marker, input.MaxItems);
        return new(new ListUserTagsOutput { Tags = page.Items, IsTruncated = page.IsTruncated, Marker = page.Marker });
    }
}
