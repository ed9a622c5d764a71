using Haneul.Iam.Contracts;

namespace Haneul.Iam.AccessKeys;

/// <summary>An access key of a user; stored with the user.</summary>
internal sealed record AccessKeyRecord
{
    /// <summary>Of one user.</summary>
    public const int Limit = 2;

    public required string Id { get; init; }

    public required string Secret { get; init; }

    public string Status { get; init; } = StatusType.Active;

    public required DateTimeOffset Created { get; init; }

    // Secrets must not reach logs through a record's generated text.
    public override string ToString() => "Access key " + Id;
}

/// <summary>Whose an access key is.</summary>
internal sealed record KeyOwner(string Account, string User)
{
    /// <summary>The user of deleted keys.</summary>
    public const string Nobody = "";
}

/// <summary>When and for what an access key was last used.</summary>
internal sealed record KeyUse(DateTimeOffset Time, string Service, string Region);
