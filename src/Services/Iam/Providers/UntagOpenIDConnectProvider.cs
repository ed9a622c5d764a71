using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Providers;

/// <summary>
/// Removes tags of an OpenID Connect provider.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagOpenIDConnectProvider.html"/>
/// </summary>
internal sealed class UntagOpenIDConnectProvider(IamStore iam) : IHandler<UntagOpenIDConnectProviderInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(UntagOpenIDConnectProviderInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<ProviderRecord>(
            context.Account, ProviderRecord.NameOf(input.OpenIDConnectProviderArn), (_, provider) => provider with { Tags = TagSet.Without(provider.Tags, input.TagKeys) });
        return Unit.Value;
    }
}
