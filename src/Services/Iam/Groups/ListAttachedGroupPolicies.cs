using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Groups;

/// <summary>
/// Lists the managed policies of a group.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedGroupPolicies.html"/>
/// </summary>
internal sealed class ListAttachedGroupPolicies(IamStore iam) : IHandler<ListAttachedGroupPoliciesInput, ListAttachedGroupPoliciesOutput>
{
    public ValueTask<Outcome<ListAttachedGroupPoliciesOutput>> HandleAsync(
        ListAttachedGroupPoliciesInput input, CallContext context, CancellationToken cancel)
    {
        var group = iam.Read(context.Account).Get<GroupRecord>(input.GroupName);
        var page = IdentityPolicyEdits.ListAttached(group, input.PathPrefix, input.Marker, input.MaxItems);
        return new(new ListAttachedGroupPoliciesOutput { AttachedPolicies = page.Items, IsTruncated = page.IsTruncated, Marker = page.Marker });
    }
}
