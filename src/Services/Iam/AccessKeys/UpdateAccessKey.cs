using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Users;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.AccessKeys;

/// <summary>Turns a key on or off. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html"/></summary>
internal sealed class UpdateAccessKey(IamStore iam) : IHandler<UpdateAccessKeyInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(UpdateAccessKeyInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<UserRecord>(context.Account, Caller.UserName(input.UserName, context), (_, user) =>
        {
            var key = KeyTable.Find(user, input.AccessKeyId);
            return user with { Keys = [.. user.Keys.Select(other => other == key ? other with { Status = input.Status } : other)] };
        });
        return Unit.Value;
    }
}
