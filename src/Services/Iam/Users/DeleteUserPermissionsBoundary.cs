using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Users;

/// <summary>
/// Lifts the permissions boundary of a user.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPermissionsBoundary.html"/>
/// </summary>
internal sealed class DeleteUserPermissionsBoundary(IamStore iam) : IHandler<DeleteUserPermissionsBoundaryInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(
        DeleteUserPermissionsBoundaryInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<UserRecord>(
            context.Account, input.UserName, (edit, user) => IdentityPolicyEdits.SetBoundary(edit, user, arn: null));
        return Unit.Value;
    }
}
