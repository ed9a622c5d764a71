using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Users;

/// <summary>
/// Shows a user; without a name, the caller. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html"/>
/// </summary>
internal sealed class GetUser(IamStore iam) : IHandler<GetUserInput, GetUserOutput>
{
    public ValueTask<Outcome<GetUserOutput>> HandleAsync(GetUserInput input, CallContext context, CancellationToken cancel)
    {
        if (input.UserName is null && context.Principal.Kind == PrincipalKind.Root)
        {
            return new(new GetUserOutput { User = Root(context.Principal) });
        }

        var user = iam.Read(context.Account).Get<UserRecord>(Caller.UserName(input.UserName, context));
        return new(new GetUserOutput { User = user.ToUser(context.Account, details: true) });
    }

    private static User Root(Principal root) => new()
    {
        UserName = "root",
        Path = "/",
        UserId = root.UserId,
        Arn = root.Arn,
        CreateDate = DateTimeOffset.UnixEpoch,
    };
}
