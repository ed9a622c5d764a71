using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Roles;

/// <summary>Removes tags of a role. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagRole.html"/></summary>
internal sealed class UntagRole(IamStore iam) : IHandler<UntagRoleInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(UntagRoleInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<RoleRecord>(
            context.Account, input.RoleName, (_, role) => role with { Tags = TagSet.Without(role.Tags, input.TagKeys) });
        return Unit.Value;
    }
}
