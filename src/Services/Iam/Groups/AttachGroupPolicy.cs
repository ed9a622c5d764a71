using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Groups;

/// <summary>
/// Attaches a managed policy to a group. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachGroupPolicy.html"/>
/// </summary>
internal sealed class AttachGroupPolicy(IamStore iam) : IHandler<AttachGroupPolicyInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(AttachGroupPolicyInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<GroupRecord>(
            context.Account, input.GroupName, (edit, group) => IdentityPolicyEdits.Attach(edit, group, input.PolicyArn));
        return Unit.Value;
    }
}
