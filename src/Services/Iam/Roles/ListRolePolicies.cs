using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Roles;

/// <summary>
/// Lists the inline policies of a role. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html"/>
/// </summary>
internal sealed class ListRolePolicies(IamStore iam) : IHandler<ListRolePoliciesInput, ListRolePoliciesOutput>
{
    public ValueTask<Outcome<ListRolePoliciesOutput>> HandleAsync(
        ListRolePoliciesInput input, CallContext context, CancellationToken cancel)
    {
        var role = iam.Read(context.Account).Get<RoleRecord>(input.RoleName);
        var page = IdentityPolicyEdits.ListInline(role, input.Marker, input.MaxItems);
        return new(new ListRolePoliciesOutput { PolicyNames = page.Items, IsTruncated = page.IsTruncated, Marker = page.Marker });
    }
}
