using Haneul.Iam.AccessKeys;
using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Users;

/// <summary>
/// Renames or moves a user; its keys and groups stay with it.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html"/>
/// </summary>
internal sealed class UpdateUser(IamStore iam) : IHandler<UpdateUserInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(UpdateUserInput input, CallContext context, CancellationToken cancel)
    {
        await iam.UpdateWithKeysAsync(context.Account, (edit, _, keys) =>
        {
            var old = edit.Get<UserRecord>(input.UserName);
            var user = old with { Name = input.NewUserName ?? old.Name, Path = input.NewPath ?? old.Path };
            if (!user.Name.Equals(old.Name, StringComparison.OrdinalIgnoreCase))
            {
                edit.Delete(old);
                edit.Add(user);
                foreach (var key in user.Keys)
                {
                    KeyTable.Own(keys, key.Id, context.Account, user.Name);
                }
            }
            else
            {
                edit.Put(user);
            }

            return user;
        });
        return Unit.Value;
    }
}
