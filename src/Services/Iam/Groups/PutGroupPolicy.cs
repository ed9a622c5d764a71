using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Groups;

/// <summary>
/// Adds or replaces an inline policy of a group. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutGroupPolicy.html"/>
/// </summary>
internal sealed class PutGroupPolicy(IamStore iam) : IHandler<PutGroupPolicyInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(PutGroupPolicyInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<GroupRecord>(
            context.Account, input.GroupName, (_, group) => IdentityPolicyEdits.PutInline(group, input.PolicyName, input.PolicyDocument));
        return Unit.Value;
    }
}
