using Haneul.Kernel.Identity;

namespace Haneul.Iam.Sts;

/// <summary>Temporary credentials and all that they stand for; lives until it expires.</summary>
internal sealed record SessionRecord
{
    public required string KeyId { get; init; }

    public required string Secret { get; init; }

    public required string Token { get; init; }

    public required DateTimeOffset Issued { get; init; }

    public required DateTimeOffset Expires { get; init; }

    public required PrincipalKind Kind { get; init; }

    public required string Account { get; init; }

    public required string Arn { get; init; }

    public required string UserId { get; init; }

    public string? UserName { get; init; }

    public string? RoleArn { get; init; }

    public string? SessionName { get; init; }

    public string? SourceIdentity { get; init; }

    public string? Provider { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Keys of the tags that go on to the next session when roles are chained.</summary>
    public IReadOnlyList<string> Transitive { get; init; } = [];

    public IReadOnlyList<SessionPolicy> Policies { get; init; } = [];

    /// <summary>Condition keys that the session carries.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; init; } = new Dictionary<string, string>();

    public Credential ToCredential() => new()
    {
        AccessKeyId = KeyId,
        SecretAccessKey = Secret,
        SessionToken = Token,
        Expires = Expires,
        Principal = new Principal
        {
            Kind = Kind,
            Account = AccountId.Parse(Account),
            Arn = Arn,
            UserId = UserId,
            UserName = UserName,
            AccessKeyId = KeyId,
            RoleArn = RoleArn,
            SessionName = SessionName,
            SourceIdentity = SourceIdentity,
            TokenIssuedAt = Issued,
            FederatedProvider = Provider,
            Tags = Tags,
            SessionPolicies = [.. Policies.Select(policy => new AttachedPolicy(policy.Id, policy.Document))],
            SessionKeys = Keys,
        },
    };

    public Contracts.Sts.Credentials ToContract() => new()
    {
        AccessKeyId = KeyId,
        SecretAccessKey = Secret,
        SessionToken = Token,
        Expiration = Expires,
    };

    // Secrets must not reach logs through a record's generated text.
    public override string ToString() => "Session " + KeyId;
}

/// <summary>A policy passed when the session was made.</summary>
internal sealed record SessionPolicy(string Id, string Document);
