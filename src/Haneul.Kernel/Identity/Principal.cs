namespace Haneul.Kernel.Identity;

/// <summary>Who makes a request, as authentication found it.</summary>
public sealed record Principal
{
    /// <summary>The caller without credentials.</summary>
    public static Principal Anonymous { get; } = new() { Kind = PrincipalKind.Anonymous, Account = AccountId.Default, Arn = "*", UserId = "" };

    public required PrincipalKind Kind { get; init; }

    public required AccountId Account { get; init; }

    /// <summary>The ARN that <c>GetCallerIdentity</c> shows; for a service its DNS name.</summary>
    public required string Arn { get; init; }

    /// <summary>The value of <c>aws:userid</c>: the user's unique id, or <c>role-id:session-name</c>.</summary>
    public required string UserId { get; init; }

    public string? UserName { get; init; }

    public string? AccessKeyId { get; init; }

    /// <summary>The role of an assumed-role session.</summary>
    public string? RoleArn { get; init; }

    public string? SessionName { get; init; }

    public string? SourceIdentity { get; init; }

    /// <summary>When the session's credentials were issued; null for long-term keys.</summary>
    public DateTimeOffset? TokenIssuedAt { get; init; }

    public DateTimeOffset? MfaAuthenticatedAt { get; init; }

    /// <summary>The identity provider of a web-identity session.</summary>
    public string? FederatedProvider { get; init; }

    /// <summary>Tags of the user, role and session, as <c>aws:PrincipalTag/key</c>.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = s_noTags;

    /// <summary>Policy documents that were passed when the session was made; the session may do only what they allow too.</summary>
    public IReadOnlyList<AttachedPolicy> SessionPolicies { get; init; } = [];

    /// <summary>Further condition keys that the session carries, such as <c>cognito-identity.amazonaws.com:sub</c>.</summary>
    public IReadOnlyDictionary<string, string> SessionKeys { get; init; } = s_noTags;

    private static readonly IReadOnlyDictionary<string, string> s_noTags = new Dictionary<string, string>();

    public static Principal Root(AccountId account, string? accessKeyId = null) => new()
    {
        Kind = PrincipalKind.Root,
        Account = account,
        Arn = $"arn:aws:iam::{account}:root",
        UserId = account.Value,
        AccessKeyId = accessKeyId,
    };

    /// <param name="service">DNS name, such as <c>sns.amazonaws.com</c>.</param>
    /// <param name="account">The account on whose behalf the service acts.</param>
    public static Principal Service(string service, AccountId account) => new()
    {
        Kind = PrincipalKind.Service,
        Account = account,
        Arn = service,
        UserId = service,
    };
}
