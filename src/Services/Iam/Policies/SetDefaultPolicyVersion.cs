using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Policies;

/// <summary>
/// Chooses the version that is in effect.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html"/>
/// </summary>
internal sealed class SetDefaultPolicyVersion(IamStore iam) : IHandler<SetDefaultPolicyVersionInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(SetDefaultPolicyVersionInput input, CallContext context, CancellationToken cancel)
    {
        await iam.UpdateAsync(context.Account, edit =>
        {
            var policy = ManagedPolicies.GetOwn(edit, input.PolicyArn);
            var version = policy.Version(input.PolicyArn, input.VersionId);
            edit.Put(policy with { Default = version.Number, Updated = context.Now() });
            return policy;
        });
        return Unit.Value;
    }
}
