using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Groups;

/// <summary>
/// Detaches a managed policy from a group. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachGroupPolicy.html"/>
/// </summary>
internal sealed class DetachGroupPolicy(IamStore iam) : IHandler<DetachGroupPolicyInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DetachGroupPolicyInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<GroupRecord>(
            context.Account, input.GroupName, (_, group) => IdentityPolicyEdits.Detach(group, input.PolicyArn));
        return Unit.Value;
    }
}
