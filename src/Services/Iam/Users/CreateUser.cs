using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Users;

/// <summary>Creates a user. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html"/></summary>
internal sealed class CreateUser(IamStore iam, IIdSource ids) : IHandler<CreateUserInput, CreateUserOutput>
{
    public async ValueTask<Outcome<CreateUserOutput>> HandleAsync(CreateUserInput input, CallContext context, CancellationToken cancel)
    {
        var user = new UserRecord
        {
            Name = input.UserName,
            Path = input.Path ?? "/",
            Id = ids.NewIamId(IamIds.User),
            Created = context.Now(),
            Tags = TagSet.New(input.Tags),
            Boundary = input.PermissionsBoundary,
        };
        await iam.UpdateAsync(context.Account, edit =>
        {
            if (user.Boundary is { } boundary)
            {
                ManagedPolicies.Attachable(edit, boundary);
            }

            edit.Add(user);
            return user;
        });
        return new CreateUserOutput { User = user.ToUser(context.Account, details: true) };
    }
}
