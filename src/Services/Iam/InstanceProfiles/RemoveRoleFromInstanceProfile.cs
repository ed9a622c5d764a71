using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.InstanceProfiles;

/// <summary>
/// Takes the role out of an instance profile.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveRoleFromInstanceProfile.html"/>
/// </summary>
internal sealed class RemoveRoleFromInstanceProfile(IamStore iam) : IHandler<RemoveRoleFromInstanceProfileInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(
        RemoveRoleFromInstanceProfileInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<InstanceProfileRecord>(context.Account, input.InstanceProfileName, (edit, profile) =>
            profile.Role is { } role && role.Equals(input.RoleName, StringComparison.OrdinalIgnoreCase)
                ? profile with { Role = null }
                : throw IamFaults.NoSuchEntity($"The role with name {input.RoleName} cannot be found."));
        return Unit.Value;
    }
}
