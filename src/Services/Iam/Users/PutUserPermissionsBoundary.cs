using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Users;

/// <summary>
/// Limits what the policies of a user can allow.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html"/>
/// </summary>
internal sealed class PutUserPermissionsBoundary(IamStore iam) : IHandler<PutUserPermissionsBoundaryInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(PutUserPermissionsBoundaryInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<UserRecord>(
            context.Account, input.UserName, (edit, user) => IdentityPolicyEdits.SetBoundary(edit, user, input.PermissionsBoundary));
        return Unit.Value;
    }
}
