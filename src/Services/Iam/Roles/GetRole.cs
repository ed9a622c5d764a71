using Haneul.Iam.AccessKeys;
using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Roles;

/// <summary>Shows a role. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html"/></summary>
internal sealed class GetRole(IamStore iam) : IHandler<GetRoleInput, GetRoleOutput>
{
    public ValueTask<Outcome<GetRoleOutput>> HandleAsync(GetRoleInput input, CallContext context, CancellationToken cancel)
    {
        var role = iam.Read(context.Account).Get<RoleRecord>(input.RoleName);
        var use = KeyTable.FindUse(iam.Keys, role.Id);
        return new(new GetRoleOutput { Role = role.ToRole(context.Account, details: true, use: use) });
    }
}
