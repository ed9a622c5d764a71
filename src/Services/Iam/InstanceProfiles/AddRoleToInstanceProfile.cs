using Haneul.Iam.Contracts;
using Haneul.Iam.Roles;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.InstanceProfiles;

/// <summary>
/// Gives an instance profile its role. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html"/>
/// </summary>
internal sealed class AddRoleToInstanceProfile(IamStore iam) : IHandler<AddRoleToInstanceProfileInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(AddRoleToInstanceProfileInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<InstanceProfileRecord>(context.Account, input.InstanceProfileName, (edit, profile) =>
        {
            var role = edit.Get<RoleRecord>(input.RoleName).Modifiable();
            return profile.Role is null
                ? profile with { Role = role.Name }
                : throw IamFaults.Quota("InstanceSessionsPerInstanceProfile", 1);
        });
        return Unit.Value;
    }
}
