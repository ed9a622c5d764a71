using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Users;

/// <summary>
/// Shows an inline policy of a user. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html"/>
/// </summary>
internal sealed class GetUserPolicy(IamStore iam) : IHandler<GetUserPolicyInput, GetUserPolicyOutput>
{
    public ValueTask<Outcome<GetUserPolicyOutput>> HandleAsync(GetUserPolicyInput input, CallContext context, CancellationToken cancel)
    {
        var user = iam.Read(context.Account).Get<UserRecord>(input.UserName);
        return new(new GetUserPolicyOutput
        {
            UserName = user.Name,
            PolicyName = input.PolicyName,
            PolicyDocument = PolicyText.Encode(IdentityPolicyEdits.GetInline(user, input.PolicyName)),
        });
    }
}
