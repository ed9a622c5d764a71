using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.InstanceProfiles;

/// <summary>
/// Creates an instance profile. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html"/>
/// </summary>
internal sealed class CreateInstanceProfile(IamStore iam, IIdSource ids) : IHandler<CreateInstanceProfileInput, CreateInstanceProfileOutput>
{
    public async ValueTask<Outcome<CreateInstanceProfileOutput>> HandleAsync(
        CreateInstanceProfileInput input, CallContext context, CancellationToken cancel)
    {
        var profile = new InstanceProfileRecord
        {
            Name = input.InstanceProfileName,
            Path = input.Path ?? "/",
            Id = ids.NewIamId(IamIds.InstanceProfile),
            Created = context.Now(),
            Tags = TagSet.New(input.Tags),
        };
        await iam.UpdateAsync(context.Account, edit =>
        {
            edit.Add(profile);
            return profile;
        });
        return new CreateInstanceProfileOutput { InstanceProfile = profile.ToProfile(iam.Read(context.Account)) };
    }
}
