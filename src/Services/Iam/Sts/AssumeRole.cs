using Haneul.Iam.Contracts.Sts;
using Haneul.Iam.Principals;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Sts;

/// <summary>
/// Gives the caller a session of a role. That the trust policy lets it in was decided when the call was authorized.
/// <see href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html"/>
/// </summary>
internal sealed class AssumeRole(IamStore iam, IamFacts facts, SessionTable sessions, IIdSource ids)
    : IHandler<AssumeRoleInput, AssumeRoleOutput>
{
    public async ValueTask<Outcome<AssumeRoleOutput>> HandleAsync(AssumeRoleInput input, CallContext context, CancellationToken cancel)
    {
        if (!Arn.TryParse(input.RoleArn, out var arn))
        {
            throw StsFaults.Validation($"{input.RoleArn} is invalid");
        }

        if (input.SerialNumber is not null || input.TokenCode is not null || input.ProvidedContexts is { Count: > 0 })
        {
            throw StsFaults.Unsupported(input.SerialNumber is not null ? "SerialNumber" : input.TokenCode is not null ? "TokenCode" : "ProvidedContexts", "AssumeRole");
        }

        var tags = SessionRequest.Tags(input.Tags);
        if ((input.TransitiveTagKeys ?? []).Any(key => !tags.ContainsKey(key)))
        {
            throw StsFaults.InvalidParameter("The specified transitive tag key must be included in the requested tags.");
        }

        var chained = context.Principal.Kind == PrincipalKind.AssumedRole && context.Principal.AccessKeyId is { } key ? sessions.Find(key) : null;
        if (chained is not null && chained.Transitive.Any(tags.ContainsKey))
        {
            throw StsFaults.InvalidParameter(
                "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.");
        }

        if (facts.Find(arn) is not { } role)
        {
            throw StsFaults.AccessDenied($"User: {context.Principal.Arn} is not authorized to perform: sts:AssumeRole on resource: {input.RoleArn}");
        }

        var duration = SessionIssue.Duration(input.DurationSeconds, role, chained is not null);
        var account = AccountId.Parse(arn.Account);
        var issue = new SessionIssue(ids, context.Now(), duration);
        var session = issue.ForRole(role, account, input.RoleSessionName) with
        {
            SourceIdentity = input.SourceIdentity ?? context.Principal.SourceIdentity,
            Policies = SessionRequest.Policies(iam.Read(account), input.Policy, input.PolicyArns),
            Tags = SessionIssue.Merge(role.Tags, chained, tags),
            Transitive = [.. chained?.Transitive ?? [], .. input.TransitiveTagKeys ?? []],
        };
        var packed = SessionRequest.PackedSize(input.Policy, input.PolicyArns, tags);
        await sessions.AddAsync(session);
        return new AssumeRoleOutput
        {
            Credentials = session.ToContract(),
            AssumedRoleUser = new AssumedRoleUser { AssumedRoleId = session.UserId, Arn = session.Arn },
            PackedPolicySize = packed,
            SourceIdentity = session.SourceIdentity,
        };
    }
}
