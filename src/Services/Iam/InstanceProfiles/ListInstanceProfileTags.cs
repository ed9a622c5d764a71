using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.InstanceProfiles;

/// <summary>
/// Lists the tags of an instance profile.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfileTags.html"/>
/// </summary>
internal sealed class ListInstanceProfileTags(IamStore iam) : IHandler<ListInstanceProfileTagsInput, ListInstanceProfileTagsOutput>
{
    public ValueTask<Outcome<ListInstanceProfileTagsOutput>> HandleAsync(
        ListInstanceProfileTagsInput input, CallContext context, CancellationToken cancel)
    {
        var profile = iam.Read(context.Account).Get<InstanceProfileRecord>(input.InstanceProfileName);
        var page = IamPage.Of(
            TagSet.List(profile.Tags).OrderBy(tag => tag.Key, StringComparer.OrdinalIgnoreCase), tag => tag.Key, input.Marker, input.MaxItems);
        return new(new ListInstanceProfileTagsOutput { Tags = page.Items, IsTruncated = page.IsTruncated, Marker = page.Marker });
    }
}
