using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Roles;

/// <summary>Adds or replaces tags of a role. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html"/></summary>
internal sealed class TagRole(IamStore iam) : IHandler<TagRoleInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(TagRoleInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<RoleRecord>(
            context.Account, input.RoleName, (_, role) => role with { Tags = TagSet.Merge(role.Tags, input.Tags) });
        return Unit.Value;
    }
}
