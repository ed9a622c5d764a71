using System.Text.Json.Serialization.Metadata;
using Haneul.Iam.Contracts;
using Haneul.Iam.Roles;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Kernel.Errors;

namespace Haneul.Iam.InstanceProfiles;

/// <summary>Holds at most one role for the machines that it is given to.</summary>
internal sealed record InstanceProfileRecord : Entity, IEntity<InstanceProfileRecord>
{
    public string? Role { get; init; }

    static byte IEntity<InstanceProfileRecord>.Kind => IamKeyspace.InstanceProfiles;

    static string IEntity<InstanceProfileRecord>.Resource => "instance-profile";

    static JsonTypeInfo<InstanceProfileRecord> IEntity<InstanceProfileRecord>.Json => IamJson.Default.InstanceProfileRecord;

    static ServiceException IEntity<InstanceProfileRecord>.Missing(string name) =>
        IamFaults.NoSuchEntity($"Instance Profile {name} cannot be found.");

    static ServiceException IEntity<InstanceProfileRecord>.Exists(string name) =>
        IamFaults.AlreadyExists($"Instance Profile {name} already exists.");

    public InstanceProfile ToProfile(IamReader iam) => new()
    {
        InstanceProfileName = Name,
        Path = Path,
        InstanceProfileId = Id,
        Arn = this.ArnIn(iam.Account),
        CreateDate = Created,
        Roles = Role is { } role && iam.Find<RoleRecord>(role) is { } found ? [found.ToRole(iam.Account, details: false)] : [],
        Tags = TagSet.Optional(Tags),
    };
}
