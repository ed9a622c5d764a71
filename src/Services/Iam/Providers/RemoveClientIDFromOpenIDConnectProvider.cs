using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Providers;

/// <summary>
/// Removes an application that tokens may be meant for.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveClientIDFromOpenIDConnectProvider.html"/>
/// </summary>
internal sealed class RemoveClientIDFromOpenIDConnectProvider(IamStore iam) : IHandler<RemoveClientIDFromOpenIDConnectProviderInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(
        RemoveClientIDFromOpenIDConnectProviderInput input, CallContext context, CancellationToken cancel)
    {
        await iam.UpdateAsync(context.Account, edit =>
        {
            var provider = Providers.Get(edit, input.OpenIDConnectProviderArn);
            edit.Put(ProviderLimits.Check(provider with { Clients = [.. provider.Clients.Where(id => id != input.ClientID)] }));
            return Unit.Value;
        });
        return Unit.Value;
    }
}
