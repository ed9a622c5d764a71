using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Policies;

/// <summary>Shows a managed policy. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html"/></summary>
internal sealed class GetPolicy(IamStore iam) : IHandler<GetPolicyInput, GetPolicyOutput>
{
    public ValueTask<Outcome<GetPolicyOutput>> HandleAsync(GetPolicyInput input, CallContext context, CancellationToken cancel)
    {
        var reader = iam.Read(context.Account);
        var policy = ManagedPolicies.Get(reader, input.PolicyArn);
        return new(new GetPolicyOutput { Policy = policy.ToPolicy(input.PolicyArn, new PolicyUse(reader), details: true) });
    }
}
