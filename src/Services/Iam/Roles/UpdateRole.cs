using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Roles;

/// <summary>
/// Changes the description and the longest session of a role.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html"/>
/// </summary>
internal sealed class UpdateRole(IamStore iam) : IHandler<UpdateRoleInput, UpdateRoleOutput>
{
    public async ValueTask<Outcome<UpdateRoleOutput>> HandleAsync(UpdateRoleInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<RoleRecord>(context.Account, input.RoleName, (_, role) => role.Modifiable() with
        {
            Description = input.Description ?? role.Description,
            MaxSession = input.MaxSessionDuration ?? role.MaxSession,
        });
        return new UpdateRoleOutput();
    }
}
