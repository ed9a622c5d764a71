using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Policies;

/// <summary>
/// Shows a version of a managed policy with its document.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html"/>
/// </summary>
internal sealed class GetPolicyVersion(IamStore iam) : IHandler<GetPolicyVersionInput, GetPolicyVersionOutput>
{
    public ValueTask<Outcome<GetPolicyVersionOutput>> HandleAsync(
        GetPolicyVersionInput input, CallContext context, CancellationToken cancel)
    {
        var policy = ManagedPolicies.Get(iam.Read(context.Account), input.PolicyArn);
        var version = policy.Version(input.PolicyArn, input.VersionId);
        return new(new GetPolicyVersionOutput { PolicyVersion = policy.ToVersion(version, document: true) });
    }
}
