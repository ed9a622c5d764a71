using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Providers;

/// <summary>
/// Trusts an identity provider no more.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteOpenIDConnectProvider.html"/>
/// </summary>
internal sealed class DeleteOpenIDConnectProvider(IamStore iam) : IHandler<DeleteOpenIDConnectProviderInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteOpenIDConnectProviderInput input, CallContext context, CancellationToken cancel)
    {
        await iam.UpdateAsync(context.Account, edit =>
        {
            // A provider that is not there is as good as deleted, says AWS.
            if (edit.Find<ProviderRecord>(ProviderRecord.NameOf(input.OpenIDConnectProviderArn)) is { } provider)
            {
                edit.Delete(provider);
            }

            return Unit.Value;
        });
        return Unit.Value;
    }
}
