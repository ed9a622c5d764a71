using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Roles;

/// <summary>
/// Lists the managed policies of a role.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html"/>
/// </summary>
internal sealed class ListAttachedRolePolicies(IamStore iam) : IHandler<ListAttachedRolePoliciesInput, ListAttachedRolePoliciesOutput>
{
    public ValueTask<Outcome<ListAttachedRolePoliciesOutput>> HandleAsync(
        ListAttachedRolePoliciesInput input, CallContext context, CancellationToken cancel)
    {
        var role = iam.Read(context.Account).Get<RoleRecord>(input.RoleName);
        var page = IdentityPolicyEdits.ListAttached(role, input.PathPrefix, input.Marker, input.MaxItems);
        return new(new ListAttachedRolePoliciesOutput { AttachedPolicies = page.Items, IsTruncated = page.IsTruncated, Marker = page.Marker });
    }
}
