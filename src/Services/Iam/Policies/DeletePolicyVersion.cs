using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Policies;

/// <summary>
/// Deletes a version that is not the default.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html"/>
/// </summary>
internal sealed class DeletePolicyVersion(IamStore iam) : IHandler<DeletePolicyVersionInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeletePolicyVersionInput input, CallContext context, CancellationToken cancel)
    {
        await iam.UpdateAsync(context.Account, edit =>
        {
            var policy = ManagedPolicies.GetOwn(edit, input.PolicyArn);
            var version = policy.Version(input.PolicyArn, input.VersionId);
            if (version.Number == policy.Default)
            {
                throw IamFaults.DeleteConflict("Cannot delete the default version of a policy.");
            }

            edit.Put(policy with { Versions = [.. policy.Versions.Where(other => other != version)], Updated = context.Now() });
            return policy;
        });
        return Unit.Value;
    }
}
