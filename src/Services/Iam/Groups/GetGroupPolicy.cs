using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Groups;

/// <summary>
/// Shows an inline policy of a group. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroupPolicy.html"/>
/// </summary>
internal sealed class GetGroupPolicy(IamStore iam) : IHandler<GetGroupPolicyInput, GetGroupPolicyOutput>
{
    public ValueTask<Outcome<GetGroupPolicyOutput>> HandleAsync(GetGroupPolicyInput input, CallContext context, CancellationToken cancel)
    {
        var group = iam.Read(context.Account).Get<GroupRecord>(input.GroupName);
        return new(new GetGroupPolicyOutput
        {
            GroupName = group.Name,
            PolicyName = input.PolicyName,
            PolicyDocument = PolicyText.Encode(IdentityPolicyEdits.GetInline(group, input.PolicyName)),
        });
    }
}
