using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Policies;

/// <summary>
/// Adds a version to a managed policy; there may be five.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html"/>
/// </summary>
internal sealed class CreatePolicyVersion(IamStore iam) : IHandler<CreatePolicyVersionInput, CreatePolicyVersionOutput>
{
    public async ValueTask<Outcome<CreatePolicyVersionOutput>> HandleAsync(
        CreatePolicyVersionInput input, CallContext context, CancellationToken cancel)
    {
        return await iam.UpdateAsync(context.Account, edit =>
        {
            var policy = ManagedPolicies.GetOwn(edit, input.PolicyArn);
            if (policy.Versions.Count >= PolicyRecord.MaxVersions)
            {
                throw IamFaults.LimitExceeded(
                    "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.");
            }

            var version = new PolicyVersionRecord(policy.Next, PolicyText.CheckedManaged(input.PolicyDocument), context.Now());
            policy = policy with
            {
                Versions = [version, .. policy.Versions],
                Next = policy.Next + 1,
                Default = input.SetAsDefault == true ? version.Number : policy.Default,
                Updated = context.Now(),
            };
            edit.Put(policy);
            return new CreatePolicyVersionOutput { PolicyVersion = policy.ToVersion(version, document: false) };
        });
    }
}
