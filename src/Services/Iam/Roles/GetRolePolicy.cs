using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Roles;

/// <summary>
/// Shows an inline policy of a role. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html"/>
/// </summary>
internal sealed class GetRolePolicy(IamStore iam) : IHandler<GetRolePolicyInput, GetRolePolicyOutput>
{
    public ValueTask<Outcome<GetRolePolicyOutput>> HandleAsync(GetRolePolicyInput input, CallContext context, CancellationToken cancel)
    {
        var role = iam.Read(context.Account).Get<RoleRecord>(input.RoleName);
        return new(new GetRolePolicyOutput
        {
            RoleName = role.Name,
            PolicyName = input.PolicyName,
            PolicyDocument = PolicyText.Encode(IdentityPolicyEdits.GetInline(role, input.PolicyName)),
        });
    }
}
