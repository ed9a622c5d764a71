using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Providers;

/// <summary>
/// Lists the tags of an OpenID Connect provider.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviderTags.html"/>
/// </summary>
internal sealed class ListOpenIDConnectProviderTags(IamStore iam)
    : IHandler<ListOpenIDConnectProviderTagsInput, ListOpenIDConnectProviderTagsOutput>
{
    public ValueTask<Outcome<ListOpenIDConnectProviderTagsOutput>> HandleAsync(
        ListOpenIDConnectProviderTagsInput input, CallContext context, CancellationToken cancel)
    {
        var provider = iam.Read(context.Account).Get<ProviderRecord>(ProviderRecord.NameOf(input.OpenIDConnectProviderArn));
        var page = IamPage.Of(
            TagSet.List(provider.Tags).OrderBy(tag => tag.Key, StringComparer.OrdinalIgnoreCase), tag => tag.Key, input.Marker, input.MaxItems);
        return new(new ListOpenIDConnectProviderTagsOutput { Tags = page.Items, IsTruncated = page.IsTruncated, Marker = page.Marker });
    }
}
