using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.InstanceProfiles;

/// <summary>
/// Deletes an instance profile that has no role.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteInstanceProfile.html"/>
/// </summary>
internal sealed class DeleteInstanceProfile(IamStore iam) : IHandler<DeleteInstanceProfileInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteInstanceProfileInput input, CallContext context, CancellationToken cancel)
    {
        await iam.UpdateAsync(context.Account, edit =>
        {
            var profile = edit.Get<InstanceProfileRecord>(input.InstanceProfileName);
            if (profile.Role is not null)
            {
                throw IamFaults.DeleteConflict("Cannot delete entity, must remove roles from instance profile first.");
            }

            edit.Delete(profile);
            return profile;
        });
        return Unit.Value;
    }
}
