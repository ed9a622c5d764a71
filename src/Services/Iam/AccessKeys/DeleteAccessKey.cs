using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Users;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.AccessKeys;

/// <summary>Deletes a key of a user. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html"/></summary>
internal sealed class DeleteAccessKey(IamStore iam) : IHandler<DeleteAccessKeyInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteAccessKeyInput input, CallContext context, CancellationToken cancel)
    {
        await iam.UpdateWithKeysAsync(context.Account, (edit, _, keys) =>
        {
            var user = edit.Get<UserRecord>(Caller.UserName(input.UserName, context));
            var key = KeyTable.Find(user, input.AccessKeyId);
            edit.Put(user with { Keys = [.. user.Keys.Where(other => other != key)] });
            KeyTable.Disown(keys, key.Id, context.Account);
            return user;
        });
        return Unit.Value;
    }
}
