using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Providers;

/// <summary>
/// Lists the identity providers of the account.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html"/>
/// </summary>
internal sealed class ListOpenIDConnectProviders(IamStore iam) : IHandler<ListOpenIDConnectProvidersInput, ListOpenIDConnectProvidersOutput>
{
    public ValueTask<Outcome<ListOpenIDConnectProvidersOutput>> HandleAsync(
        ListOpenIDConnectProvidersInput input, CallContext context, CancellationToken cancel)
    {
        var all = iam.Read(context.Account).All<ProviderRecord>();
        return new(new ListOpenIDConnectProvidersOutput
        {
            OpenIDConnectProviderList = [.. all.Select(provider => new OpenIDConnectProviderListEntry { Arn = provider.ArnOf(context.Account) })],
        });
    }
}
