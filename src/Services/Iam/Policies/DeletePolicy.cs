using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Policies;

/// <summary>
/// Deletes a managed policy that is attached nowhere.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html"/>
/// </summary>
internal sealed class DeletePolicy(IamStore iam) : IHandler<DeletePolicyInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeletePolicyInput input, CallContext context, CancellationToken cancel)
    {
        await iam.UpdateAsync(context.Account, edit =>
        {
            var policy = ManagedPolicies.GetOwn(edit, input.PolicyArn);
            var use = new PolicyUse(edit);
            if (use.Attachments(input.PolicyArn) + use.Boundaries(input.PolicyArn) > 0)
            {
                throw IamFaults.DeleteConflict("Cannot delete a policy attached to entities.");
            }

            if (policy.Versions.Count > 1)
            {
                throw IamFaults.DeleteConflict(
                    "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. "
                    + "The default version is deleted with the policy.");
            }

            edit.Delete(policy);
            return policy;
        });
        return Unit.Value;
    }
}
