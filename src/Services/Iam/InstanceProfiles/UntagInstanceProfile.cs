using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.InstanceProfiles;

/// <summary>
/// Removes tags of an instance profile. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagInstanceProfile.html"/>
/// </summary>
internal sealed class UntagInstanceProfile(IamStore iam) : IHandler<UntagInstanceProfileInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(UntagInstanceProfileInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<InstanceProfileRecord>(
            context.Account, input.InstanceProfileName, (_, profile) => profile with { Tags = TagSet.Without(profile.Tags, input.TagKeys) });
        return Unit.Value;
    }
}
