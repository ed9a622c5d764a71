using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.InstanceProfiles;

/// <summary>
/// Adds or replaces tags of an instance profile.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagInstanceProfile.html"/>
/// </summary>
internal sealed class TagInstanceProfile(IamStore iam) : IHandler<TagInstanceProfileInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(TagInstanceProfileInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<InstanceProfileRecord>(
            context.Account, input.InstanceProfileName, (_, profile) => profile with { Tags = TagSet.Merge(profile.Tags, input.Tags) });
        return Unit.Value;
    }
}
