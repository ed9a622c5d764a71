using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Roles;

/// <summary>
/// Changes who may assume a role. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html"/>
/// </summary>
internal sealed class UpdateAssumeRolePolicy(IamStore iam) : IHandler<UpdateAssumeRolePolicyInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(UpdateAssumeRolePolicyInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<RoleRecord>(
            context.Account, input.RoleName, (_, role) => role.Modifiable() with { Trust = PolicyText.CheckedTrust(input.PolicyDocument) });
        return Unit.Value;
    }
}
