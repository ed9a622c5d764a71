using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Providers;

/// <summary>
/// Trusts an identity provider on the web. Plain HTTP is for providers on this machine.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html"/>
/// </summary>
internal sealed class CreateOpenIDConnectProvider(IamStore iam, IIdSource ids)
    : IHandler<CreateOpenIDConnectProviderInput, CreateOpenIDConnectProviderOutput>
{
    public async ValueTask<Outcome<CreateOpenIDConnectProviderOutput>> HandleAsync(
        CreateOpenIDConnectProviderInput input, CallContext context, CancellationToken cancel)
    {
        if (!Uri.TryCreate(input.Url, UriKind.Absolute, out var url) || url.Query.Length > 0 || url.Fragment.Length > 0
            || (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
        {
            throw IamFaults.InvalidInput("Invalid Open ID Connect Provider URL");
        }

        var provider = new ProviderRecord
        {
            Name = ProviderRecord.NameOfUrl(input.Url),
            Id = ids.NewUuid(),
            Url = input.Url.TrimEnd('/'),
            Created = context.Now(),
            Clients = [.. input.ClientIDList ?? []],
            Thumbprints = [.. input.ThumbprintList ?? []],
            Tags = TagSet.New(input.Tags),
        };
        ProviderLimits.Check(provider);
        await iam.UpdateAsync(context.Account, edit =>
        {
            edit.Add(provider);
            return provider;
        });
        return new CreateOpenIDConnectProviderOutput
        {
            OpenIDConnectProviderArn = provider.ArnOf(context.Account),
            Tags = TagSet.Optional(provider.Tags),
        };
    }
}
