using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Providers;

/// <summary>
/// Adds or replaces tags of an OpenID Connect provider.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagOpenIDConnectProvider.html"/>
/// </summary>
internal sealed class TagOpenIDConnectProvider(IamStore iam) : IHandler<TagOpenIDConnectProviderInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(TagOpenIDConnectProviderInput input, CallContext context, CancellationToken cancel)
    {
        await iam.ChangeAsync<ProviderRecord>(
            context.Account, ProviderRecord.NameOf(input.OpenIDConnectProviderArn), (_, provider) => provider with { Tags = TagSet.Merge(provider.Tags, input.Tags) });
        return Unit.Value;
    }
}
