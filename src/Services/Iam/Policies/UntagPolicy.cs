using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Policies;

/// <summary>
/// Removes tags of a managed policy. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagPolicy.html"/>
/// </summary>
internal sealed class UntagPolicy(IamStore iam) : IHandler<UntagPolicyInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(UntagPolicyInput input, CallContext context, CancellationToken cancel)
    {
        await iam.UpdateAsync(context.Account, edit =>
        {
            var policy = ManagedPolicies.GetOwn(edit, input.PolicyArn);
            edit.Put(policy with { Tags = TagSet.Without(policy.Tags, input.TagKeys) });
            return Unit.Value;
        });
        return Unit.Value;
    }
}
