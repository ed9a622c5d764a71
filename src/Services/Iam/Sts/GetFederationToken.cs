using Haneul.Iam.Contracts.Sts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Sts;

/// <summary>
/// Gives a user that IAM does not know credentials, which may do what both the caller and the passed policies may.
/// <see href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html"/>
/// </summary>
internal sealed class GetFederationToken(IamStore iam, SessionTable sessions, IIdSource ids)
    : IHandler<GetFederationTokenInput, GetFederationTokenOutput>
{
    private const int Default = 43_200;
    private const int RootLimit = 3600;

    public async ValueTask<Outcome<GetFederationTokenOutput>> HandleAsync(
        GetFederationTokenInput input, CallContext context, CancellationToken cancel)
    {
        var caller = context.Principal;
        if (caller is not { Kind: PrincipalKind.User or PrincipalKind.Root, TokenIssuedAt: null })
        {
            throw StsFaults.AccessDenied("Cannot call GetFederationToken with session credentials");
        }

        var tags = SessionRequest.Tags(input.Tags);
        var seconds = input.DurationSeconds ?? Default;
        seconds = caller.Kind == PrincipalKind.Root ? Math.Min(seconds, RootLimit) : seconds;
        var session = new SessionIssue(ids, context.Now(), TimeSpan.FromSeconds(seconds)).ForFederated(caller, input.Name) with
        {
            Policies = SessionRequest.Policies(iam.Read(caller.Account), input.Policy, input.PolicyArns),
            Tags = SessionIssue.Merge(caller.Tags, chained: null, tags),
        };
        var packed = SessionRequest.PackedSize(input.Policy, input.PolicyArns, tags);
        await sessions.AddAsync(session);
        return new GetFederationTokenOutput
        {
            Credentials = session.ToContract(),
            FederatedUser = new FederatedUser { FederatedUserId = session.UserId, Arn = session.Arn },
            PackedPolicySize = packed,
        };
    }
}
