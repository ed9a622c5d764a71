using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Users;

/// <summary>Removes tags of a user. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagUser.html"/></summary>
internal sealed class UntagUser(IamStore iam) : IHandler<UntagUserInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(UntagUserInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<UserRecord>(
            context.Account, input.UserName, (_, user) => user with { Tags = TagSet.Without(user.Tags, input.TagKeys) });
        return Unit.Value;
    }
}
