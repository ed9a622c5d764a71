using Haneul.Iam.Roles;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;

namespace Haneul.Iam.Sts;

/// <summary>Makes sessions: fresh keys, and whom they stand for.</summary>
internal sealed class SessionIssue(IIdSource ids, DateTimeOffset now, TimeSpan duration)
{
    private const int ChainedLimit = 3600;

    /// <exception cref="Kernel.Errors.ServiceException">The role does not allow sessions as long as that.</exception>
    public static TimeSpan Duration(int? seconds, RoleRecord role, bool chained)
    {
        var wanted = seconds ?? RoleRecord.DefaultMaxSession;
        if (wanted > role.MaxSession)
        {
            throw StsFaults.Validation("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }

        return wanted <= ChainedLimit || !chained
            ? TimeSpan.FromSeconds(wanted)
            : throw StsFaults.Validation("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.");
    }

    /// <summary>The role's tags, over them those that the calling session passes on, over them those of the request.</summary>
    public static Dictionary<string, string> Merge(
        IReadOnlyDictionary<string, string> role, SessionRecord? chained, IReadOnlyDictionary<string, string> requested)
    {
        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in role.Concat((chained?.Tags ?? role).Where(tag => chained?.Transitive.Contains(tag.Key, StringComparer.OrdinalIgnoreCase) == true)).Concat(requested))
        {
            tags[key] = value;
        }

        return tags;
    }

    public SessionRecord ForRole(RoleRecord role, AccountId account, string sessionName) => Fresh(account) with
    {
        Kind = PrincipalKind.AssumedRole,
        Arn = $"arn:aws:sts::{account}:assumed-role/{role.Name}/{sessionName}",
        UserId = $"{role.Id}:{sessionName}",
        RoleArn = role.ArnIn(account),
        SessionName = sessionName,
        UserName = null,
    };

    /// <summary>A session of the caller itself.</summary>
    public SessionRecord ForCaller(Principal caller) => Fresh(caller.Account) with
    {
        Kind = caller.Kind,
        Arn = caller.Arn,
        UserId = caller.UserId,
        UserName = caller.UserName,
        Tags = caller.Tags,
    };

    /// <summary>A federated user that the caller vouches for.</summary>
    public SessionRecord ForFederated(Principal caller, string name) => Fresh(caller.Account) with
    {
        Kind = PrincipalKind.FederatedUser,
        Arn = $"arn:aws:sts::{caller.Account}:federated-user/{name}",
        UserId = $"{caller.Account}:{name}",
        UserName = caller.UserName,
        SessionName = name,
    };

    private SessionRecord Fresh(AccountId account) => new()
    {
        KeyId = ids.NewKeyId(IamIds.SessionKey, account),
        Secret = ids.NewSecret(),
        Token = string.Concat(Enumerable.Range(0, 4).Select(_ => ids.NewSecret())),
        Issued = now,
        Expires = now + duration,
        Kind = PrincipalKind.Anonymous,
        Account = account.Value,
        Arn = "",
        UserId = "",
    };
}
