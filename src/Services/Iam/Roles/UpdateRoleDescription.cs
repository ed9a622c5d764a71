using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Roles;

/// <summary>
/// Changes the description of a role. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html"/>
/// </summary>
internal sealed class UpdateRoleDescription(IamStore iam) : IHandler<UpdateRoleDescriptionInput, UpdateRoleDescriptionOutput>
{
    public async ValueTask<Outcome<UpdateRoleDescriptionOutput>> HandleAsync(
        UpdateRoleDescriptionInput input, CallContext context, CancellationToken cancel)
    {
        var role = await iam.ChangeAsync<RoleRecord>(
            context.Account, input.RoleName, (_, role) => role.Modifiable() with { Description = input.Description });
        return new UpdateRoleDescriptionOutput { Role = role.ToRole(context.Account, details: false) };
    }
}
