using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Policies;

/// <summary>
/// Adds or replaces tags of a managed policy. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagPolicy.html"/>
/// </summary>
internal sealed class TagPolicy(IamStore iam) : IHandler<TagPolicyInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(TagPolicyInput input, CallContext context, CancellationToken cancel)
    {
        await iam.UpdateAsync(context.Account, edit =>
        {
            var policy = ManagedPolicies.GetOwn(edit, input.PolicyArn);
            edit.Put(policy with { Tags = TagSet.Merge(policy.Tags, input.Tags) });
            return Unit.Value;
        });
        return Unit.Value;
    }
}
