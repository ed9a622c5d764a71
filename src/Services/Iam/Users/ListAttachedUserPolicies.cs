using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Users;

/// <summary>
/// Lists the managed policies of a user.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html"/>
/// </summary>
internal sealed class ListAttachedUserPolicies(IamStore iam) : IHandler<ListAttachedUserPoliciesInput, ListAttachedUserPoliciesOutput>
{
    public ValueTask<Outcome<ListAttachedUserPoliciesOutput>> HandleAsync(
        ListAttachedUserPoliciesInput input, CallContext context, CancellationToken cancel)
    {
        var user = iam.Read(context.Account).Get<UserRecord>(input.UserName);
        var page = IdentityPolicyEdits.ListAttached(user, input.PathPrefix, input.Marker, input.MaxItems);
        return new(new ListAttachedUserPoliciesOutput { AttachedPolicies = page.Items, IsTruncated = page.IsTruncated, Marker = page.Marker });
    }
}
