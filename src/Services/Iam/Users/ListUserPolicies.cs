using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Users;

/// <summary>
/// Lists the inline policies of a user. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html"/>
/// </summary>
internal sealed class ListUserPolicies(IamStore iam) : IHandler<ListUserPoliciesInput, ListUserPoliciesOutput>
{
    public ValueTask<Outcome<ListUserPoliciesOutput>> HandleAsync(
        ListUserPoliciesInput input, CallContext context, CancellationToken cancel)
    {
        var user = iam.Read(context.Account).Get<UserRecord>(input.UserName);
        var page = IdentityPolicyEdits.ListInline(user, input.Marker, input.MaxItems);
        return new(new ListUserPoliciesOutput { PolicyNames = page.Items, IsTruncated = page.IsTruncated, Marker = page.Marker });
    }
}
