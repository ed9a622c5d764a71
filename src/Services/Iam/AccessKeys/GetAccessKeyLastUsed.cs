using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.AccessKeys;

/// <summary>
/// Tells when a key was last used. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html"/>
/// </summary>
internal sealed class GetAccessKeyLastUsed(IamStore iam) : IHandler<GetAccessKeyLastUsedInput, GetAccessKeyLastUsedOutput>
{
    public ValueTask<Outcome<GetAccessKeyLastUsedOutput>> HandleAsync(
        GetAccessKeyLastUsedInput input, CallContext context, CancellationToken cancel)
    {
        var owner = KeyTable.FindOwner(iam.Keys, input.AccessKeyId);
        if (owner is null or { User: KeyOwner.Nobody } || owner.Account != context.Account.Value)
        {
            throw IamFaults.NoSuchEntity($"The Access Key with id {input.AccessKeyId} cannot be found.");
        }

        var use = KeyTable.FindUse(iam.Keys, input.AccessKeyId);
        return new(new GetAccessKeyLastUsedOutput
        {
            UserName = owner.User,
            AccessKeyLastUsed = new AccessKeyLastUsed
            {
                LastUsedDate = use?.Time,
                ServiceName = use?.Service ?? "N/A",
                Region = use?.Region ?? "N/A",
            },
        });
    }
}
