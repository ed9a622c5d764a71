using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Policies;

/// <summary>
/// Lists the tags of a managed policy. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyTags.html"/>
/// </summary>
internal sealed class ListPolicyTags(IamStore iam) : IHandler<ListPolicyTagsInput, ListPolicyTagsOutput>
{
    public ValueTask<Outcome<ListPolicyTagsOutput>> HandleAsync(ListPolicyTagsInput input, CallContext context, CancellationToken cancel)
    {
        var policy = ManagedPolicies.Get(iam.Read(context.Account), input.PolicyArn);
        var page = IamPage.Of(
            TagSet.List(policy.Tags).OrderBy(tag => tag.Key, StringComparer.OrdinalIgnoreCase), tag => tag.Key, input.Marker, input.MaxItems);
        return new(new ListPolicyTagsOutput { Tags = page.Items, IsTruncated = page.IsTruncated, Marker = page.Marker });
    }
}
