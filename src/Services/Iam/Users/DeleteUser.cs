using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Users;

/// <summary>
/// Deletes a user that has nothing attached any more.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html"/>
/// </summary>
internal sealed class DeleteUser(IamStore iam) : IHandler<DeleteUserInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteUserInput input, CallContext context, CancellationToken cancel)
    {
        await iam.UpdateAsync(context.Account, edit =>
        {
            var user = edit.Get<UserRecord>(input.UserName);
            if (user.DeletionConflict() is { } conflict)
            {
                throw conflict;
            }

            edit.Delete(user);
            return user;
        });
        return Unit.Value;
    }
}
