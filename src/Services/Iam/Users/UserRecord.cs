using System.Text.Json.Serialization.Metadata;
using Haneul.Iam.AccessKeys;
using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;

namespace Haneul.Iam.Users;

/// <summary>A user, with its access keys and the groups it is in.</summary>
internal sealed record UserRecord : Identity, IEntity<UserRecord>
{
    public const int MaxGroups = 10;

    public IReadOnlyList<string> Groups { get; init; } = [];

    public IReadOnlyList<AccessKeyRecord> Keys { get; init; } = [];

    static byte IEntity<UserRecord>.Kind => IamKeyspace.Users;

    static string IEntity<UserRecord>.Resource => "user";

    static JsonTypeInfo<UserRecord> IEntity<UserRecord>.Json => IamJson.Default.UserRecord;

    static ServiceException IEntity<UserRecord>.Missing(string name) =>
        IamFaults.NoSuchEntity($"The user with name {name} cannot be found.");

    static ServiceException IEntity<UserRecord>.Exists(string name) => IamFaults.AlreadyExists($"User with name {name} already exists.");

    /// <summary>Why the user cannot be deleted yet; null when it can.</summary>
    public ServiceException? DeletionConflict() =>
        Groups.Count > 0 ? IamFaults.DeleteConflict("Cannot delete entity, must remove users from group first.")
        : Attached.Count > 0 ? IamFaults.DeleteConflict("Cannot delete entity, must detach all policies first.")
        : Inline.Count > 0 ? IamFaults.DeleteConflict("Cannot delete entity, must delete policies first.")
        : Keys.Count > 0 ? IamFaults.DeleteConflict("Cannot delete entity, must delete access keys first.")
        : null;

    public User ToUser(AccountId account, bool details) => new()
    {
        UserName = Name,
        Path = Path,
        UserId = Id,
        Arn = this.ArnIn(account),
        CreateDate = Created,
        PermissionsBoundary = details ? Boundaries.ToContract(Boundary) : null,
        Tags = details ? TagSet.Optional(Tags) : null,
    };
}
