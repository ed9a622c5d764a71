using Haneul.Iam.Contracts.Sts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Sts;

/// <summary>
/// Gives a user temporary credentials of its own. <see href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html"/>
/// </summary>
internal sealed class GetSessionToken(SessionTable sessions, IIdSource ids) : IHandler<GetSessionTokenInput, GetSessionTokenOutput>
{
    private const int Default = 43_200;
    private const int RootLimit = 3600;

    public async ValueTask<Outcome<GetSessionTokenOutput>> HandleAsync(
        GetSessionTokenInput input, CallContext context, CancellationToken cancel)
    {
        if (input.SerialNumber is not null || input.TokenCode is not null)
        {
            throw StsFaults.Unsupported(input.SerialNumber is not null ? "SerialNumber" : "TokenCode", "GetSessionToken");
        }

        if (context.Principal is not { Kind: PrincipalKind.User or PrincipalKind.Root, TokenIssuedAt: null })
        {
            throw StsFaults.AccessDenied("Cannot call GetSessionToken with session credentials");
        }

        var seconds = input.DurationSeconds ?? Default;
        seconds = context.Principal.Kind == PrincipalKind.Root ? Math.Min(seconds, RootLimit) : seconds;
        var session = new SessionIssue(ids, context.Now(), TimeSpan.FromSeconds(seconds)).ForCaller(context.Principal);
        await sessions.AddAsync(session);
        return new GetSessionTokenOutput { Credentials = session.ToContract() };
    }
}
