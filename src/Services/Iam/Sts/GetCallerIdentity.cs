using Haneul.Iam.Contracts.Sts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Sts;

/// <summary>
/// Tells callers who they are; anyone with valid credentials may ask.
/// <see href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html"/>
/// </summary>
internal sealed class GetCallerIdentity : IHandler<GetCallerIdentityInput, GetCallerIdentityOutput>
{
    public ValueTask<Outcome<GetCallerIdentityOutput>> HandleAsync(
        GetCallerIdentityInput input, CallContext context, CancellationToken cancel) =>
        new(new GetCallerIdentityOutput
        {
            UserId = context.Principal.UserId,
            Account = context.Principal.Account.Value,
            Arn = context.Principal.Arn,
        });
}
