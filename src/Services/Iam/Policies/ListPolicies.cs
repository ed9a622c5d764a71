using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Policies;

/// <summary>
/// Lists managed policies, the account's and AWS's.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html"/>
/// </summary>
internal sealed class ListPolicies(IamStore iam) : IHandler<ListPoliciesInput, ListPoliciesOutput>
{
    public ValueTask<Outcome<ListPoliciesOutput>> HandleAsync(ListPoliciesInput input, CallContext context, CancellationToken cancel)
    {
        var reader = iam.Read(context.Account);
        var use = new PolicyUse(reader);
        var scope = input.Scope ?? PolicyScopeType.All;
        var own = reader.All<PolicyRecord>().Select(policy => (Arn: policy.ArnIn(context.Account), Policy: policy));
        var aws = AwsPolicies.All.Select(policy => (policy.Arn, Policy: policy.Record));
        var all = (scope == PolicyScopeType.Local ? own : scope == PolicyScopeType.Aws ? aws : own.Concat(aws))
            .Where(item => item.Policy.Path.StartsWith(input.PathPrefix ?? "/", StringComparison.Ordinal) && IsWanted(item.Arn))
            .OrderBy(item => item.Arn.ToLowerInvariant(), StringComparer.Ordinal);
        var page = IamPage.Of(all, item => item.Arn, input.Marker, input.MaxItems);
        return new(new ListPoliciesOutput
        {
            Policies = [.. page.Items.Select(item => item.Policy.ToPolicy(item.Arn, use, details: false))],
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        });

        bool IsWanted(string arn) => input.PolicyUsageFilter switch
        {
            PolicyUsageType.PermissionsBoundary => use.Boundaries(arn) > 0,
            PolicyUsageType.PermissionsPolicy when input.OnlyAttached == true => use.Attachments(arn) > 0,
            _ => input.OnlyAttached != true || use.Attachments(arn) + use.Boundaries(arn) > 0,
        };
    }
}
