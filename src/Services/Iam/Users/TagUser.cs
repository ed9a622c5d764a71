using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Users;

/// <summary>Adds or replaces tags of a user. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html"/></summary>
internal sealed class TagUser(IamStore iam) : IHandler<TagUserInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(TagUserInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<UserRecord>(
            context.Account, input.UserName, (_, user) => user with { Tags = TagSet.Merge(user.Tags, input.Tags) });
        return Unit.Value;
    }
}
