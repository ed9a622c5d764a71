using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Groups;

/// <summary>
/// Lists the inline policies of a group. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupPolicies.html"/>
/// </summary>
internal sealed class ListGroupPolicies(IamStore iam) : IHandler<ListGroupPoliciesInput, ListGroupPoliciesOutput>
{
    public ValueTask<Outcome<ListGroupPoliciesOutput>> HandleAsync(
        ListGroupPoliciesInput input, CallContext context, CancellationToken cancel)
    {
        var group = iam.Read(context.Account).Get<GroupRecord>(input.GroupName);
        var page = IdentityPolicyEdits.ListInline(group, input.Marker, input.MaxItems);
        return new(new ListGroupPoliciesOutput { PolicyNames = page.Items, IsTruncated = page.IsTruncated, Marker = page.Marker });
    }
}
