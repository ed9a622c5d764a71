using System.Text.Json.Serialization.Metadata;
using Haneul.Iam.AccessKeys;
using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;

namespace Haneul.Iam.Roles;

/// <summary>A role: who may assume it, and for how long.</summary>
internal sealed record RoleRecord : Identity, IEntity<RoleRecord>
{
    public const int DefaultMaxSession = 3600;
    public const string ServiceLinkedPath = "/aws-service-role/";

    /// <summary>The trust policy.</summary>
    public required string Trust { get; init; }

    public string? Description { get; init; }

    /// <summary>In seconds.</summary>
    public int MaxSession { get; init; } = DefaultMaxSession;

    static byte IEntity<RoleRecord>.Kind => IamKeyspace.Roles;

    static string IEntity<RoleRecord>.Resource => "role";

    static JsonTypeInfo<RoleRecord> IEntity<RoleRecord>.Json => IamJson.Default.RoleRecord;

    static ServiceException IEntity<RoleRecord>.Missing(string name) =>
        IamFaults.NoSuchEntity($"The role with name {name} cannot be found.");

    static ServiceException IEntity<RoleRecord>.Exists(string name) => IamFaults.AlreadyExists($"Role with name {name} already exists.");

    /// <summary>The role belongs to a service, and only its service changes it.</summary>
    public bool IsServiceLinked => Path.StartsWith(ServiceLinkedPath, StringComparison.Ordinal);

    /// <exception cref="ServiceException">The role belongs to a service.</exception>
    public RoleRecord Modifiable() => IsServiceLinked
        ? throw IamFaults.Unmodifiable($"Cannot perform the operation on the protected role '{Name}' - this role is only modifiable by AWS")
        : this;

    /// <param name="account">The account.</param>
    /// <param name="details">With what lists leave out.</param>
    /// <param name="created">As the answer to its creation, which leaves out what AWS leaves out there.</param>
    /// <param name="use">When the role was last used.</param>
    public Role ToRole(AccountId account, bool details, bool created = false, KeyUse? use = null) => new()
    {
        RoleName = Name,
        Path = Path,
        RoleId = Id,
        Arn = this.ArnIn(account),
        CreateDate = Created,
        AssumeRolePolicyDocument = PolicyText.Encode(Trust),
        Description = Description,
        MaxSessionDuration = created ? null : MaxSession,
        PermissionsBoundary = details ? Boundaries.ToContract(Boundary) : null,
        Tags = details ? TagSet.Optional(Tags) : null,
        RoleLastUsed = details && !created ? new RoleLastUsed { LastUsedDate = use?.Time, Region = use?.Region } : null,
    };
}
