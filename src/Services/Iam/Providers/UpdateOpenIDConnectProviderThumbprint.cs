using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Providers;

/// <summary>
/// Replaces the thumbprints of a provider.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateOpenIDConnectProviderThumbprint.html"/>
/// </summary>
internal sealed class UpdateOpenIDConnectProviderThumbprint(IamStore iam) : IHandler<UpdateOpenIDConnectProviderThumbprintInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(
        UpdateOpenIDConnectProviderThumbprintInput input, CallContext context, CancellationToken cancel)
    {
        await iam.UpdateAsync(context.Account, edit =>
        {
            var provider = Providers.Get(edit, input.OpenIDConnectProviderArn);
            edit.Put(ProviderLimits.Check(provider with { Thumbprints = [.. input.ThumbprintList] }));
            return Unit.Value;
        });
        return Unit.Value;
    }
}
