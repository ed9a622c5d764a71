using Haneul.Iam.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Policy.Language;

namespace Haneul.Iam.Simulation;

/// <summary>
/// Lists the condition keys that policies ask for.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForCustomPolicy.html"/>
/// </summary>
internal sealed class GetContextKeysForCustomPolicy() : IHandler<GetContextKeysForCustomPolicyInput, GetContextKeysForPolicyResponse>
{
    public ValueTask<Outcome<GetContextKeysForPolicyResponse>> HandleAsync(
        GetContextKeysForCustomPolicyInput input, CallContext context, CancellationToken cancel)
    {
        var keys = Simulator.Documents(input.PolicyInputList, "PolicyInputList").SelectMany(policy => PolicyDocument.Parse(policy.Document).ContextKeys());
        return new(new GetContextKeysForPolicyResponse { ContextKeyNames = [.. keys.Distinct(StringComparer.OrdinalIgnoreCase)] });
    }
}
