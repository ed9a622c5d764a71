using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.InstanceProfiles;

/// <summary>
/// Shows an instance profile and its role. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetInstanceProfile.html"/>
/// </summary>
internal sealed class GetInstanceProfile(IamStore iam) : IHandler<GetInstanceProfileInput, GetInstanceProfileOutput>
{
    public ValueTask<Outcome<GetInstanceProfileOutput>> HandleAsync(
        GetInstanceProfileInput input, CallContext context, CancellationToken cancel)
    {
        var reader = iam.Read(context.Account);
        return new(new GetInstanceProfileOutput { InstanceProfile = reader.Get<InstanceProfileRecord>(input.InstanceProfileName).ToProfile(reader) });
    }
}
