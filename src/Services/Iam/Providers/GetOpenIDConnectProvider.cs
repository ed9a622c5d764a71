using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Providers;

/// <summary>
/// Shows an identity provider. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html"/>
/// </summary>
internal sealed class GetOpenIDConnectProvider(IamStore iam) : IHandler<GetOpenIDConnectProviderInput, GetOpenIDConnectProviderOutput>
{
    public ValueTask<Outcome<GetOpenIDConnectProviderOutput>> HandleAsync(
        GetOpenIDConnectProviderInput input, CallContext context, CancellationToken cancel)
    {
        var provider = Providers.Get(iam.Read(context.Account), input.OpenIDConnectProviderArn);
        return new(new GetOpenIDConnectProviderOutput
        {
            Url = provider.Name,
            ClientIDList = provider.Clients,
            ThumbprintList = provider.Thumbprints,
            CreateDate = provider.Created,
            Tags = TagSet.Optional(provider.Tags),
        });
    }
}
