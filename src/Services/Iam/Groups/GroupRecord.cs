using System.Text.Json.Serialization.Metadata;
using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;

namespace Haneul.Iam.Groups;

/// <summary>A group. Who is in it is kept with the users.</summary>
internal sealed record GroupRecord : Identity, IEntity<GroupRecord>
{
    static byte IEntity<GroupRecord>.Kind => IamKeyspace.Groups;

    static string IEntity<GroupRecord>.Resource => "group";

    static JsonTypeInfo<GroupRecord> IEntity<GroupRecord>.Json => IamJson.Default.GroupRecord;

    static ServiceException IEntity<GroupRecord>.Missing(string name) =>
        IamFaults.NoSuchEntity($"The group with name {name} cannot be found.");

    static ServiceException IEntity<GroupRecord>.Exists(string name) => IamFaults.AlreadyExists($"Group with name {name} already exists.");

    public Group ToGroup(AccountId account) => new()
    {
        GroupName = Name,
        Path = Path,
        GroupId = Id,
        Arn = this.ArnIn(account),
        CreateDate = Created,
    };
}
