using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Groups;

/// <summary>
/// Removes an inline policy of a group. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroupPolicy.html"/>
/// </summary>
internal sealed class DeleteGroupPolicy(IamStore iam) : IHandler<DeleteGroupPolicyInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteGroupPolicyInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<GroupRecord>(
            context.Account, input.GroupName, (_, group) => IdentityPolicyEdits.DeleteInline(group, input.PolicyName));
        return Unit.Value;
    }
}
