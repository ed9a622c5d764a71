using Haneul.Iam.Contracts;
using Haneul.Iam.Principals;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Policy.Language;

namespace Haneul.Iam.Simulation;

/// <summary>
/// Lists the condition keys that the policies of a user, group or role ask for.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForPrincipalPolicy.html"/>
/// </summary>
internal sealed class GetContextKeysForPrincipalPolicy(IamStore iam)
    : IHandler<GetContextKeysForPrincipalPolicyInput, GetContextKeysForPolicyResponse>
{
    public ValueTask<Outcome<GetContextKeysForPolicyResponse>> HandleAsync(
        GetContextKeysForPrincipalPolicyInput input, CallContext context, CancellationToken cancel)
    {
        var source = IdentityPolicySource.Of(iam.Read(context.Account), input.PolicySourceArn)
            ?? throw IamFaults.NoSuchEntity($"The principal {input.PolicySourceArn} cannot be found.");
        var keys = source.Policies.Concat(Simulator.Documents(input.PolicyInputList, "PolicyInputList"))
            .SelectMany(policy => PolicyDocument.Parse(policy.Document).ContextKeys());
        return new(new GetContextKeysForPolicyResponse { ContextKeyNames = [.. keys.Distinct(StringComparer.OrdinalIgnoreCase)] });
    }
}
