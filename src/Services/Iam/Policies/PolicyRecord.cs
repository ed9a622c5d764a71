using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Kernel.Errors;

namespace Haneul.Iam.Policies;

/// <summary>A managed policy with its versions, the newest first.</summary>
internal sealed record PolicyRecord : Entity, IEntity<PolicyRecord>
{
    public const int MaxVersions = 5;

    public string? Description { get; init; }

    public required DateTimeOffset Updated { get; init; }

    public required IReadOnlyList<PolicyVersionRecord> Versions { get; init; }

    public int Default { get; init; } = 1;

    /// <summary>The number of the next version; numbers are not used again.</summary>
    public int Next { get; init; } = 2;

    [JsonIgnore]
    public string DefaultDocument => Versions.First(version => version.Number == Default).Document;

    static byte IEntity<PolicyRecord>.Kind => IamKeyspace.Policies;

    static string IEntity<PolicyRecord>.Resource => "policy";

    static JsonTypeInfo<PolicyRecord> IEntity<PolicyRecord>.Json => IamJson.Default.PolicyRecord;

    static ServiceException IEntity<PolicyRecord>.Missing(string name) => IamFaults.NoSuchEntity($"Policy {name} was not found.");

    static ServiceException IEntity<PolicyRecord>.Exists(string name) =>
        IamFaults.AlreadyExists($"A policy called {name} already exists. Duplicate names are not allowed.");

    public PolicyVersionRecord Version(string arn, string id) =>
        Versions.FirstOrDefault(version => version.Id == id)
        ?? throw IamFaults.NoSuchEntity($"Policy {arn} version {id} does not exist or is not attachable.");

    public PolicyVersion ToVersion(PolicyVersionRecord version, bool document) => new()
    {
        VersionId = version.Id,
        IsDefaultVersion = version.Number == Default,
        CreateDate = version.Created,
        Document = document ? PolicyText.Encode(version.Document) : null,
    };

    public Contracts.Policy ToPolicy(string arn, PolicyUse use, bool details) => new()
    {
        PolicyName = Name,
        PolicyId = Id,
        Arn = arn,
        Path = Path,
        DefaultVersionId = "v" + Default.ToString(CultureInfo.InvariantCulture),
        AttachmentCount = use.Attachments(arn),
        PermissionsBoundaryUsageCount = use.Boundaries(arn),
        IsAttachable = true,
        Description = details ? Description : null,
        CreateDate = Created,
        UpdateDate = Updated,
        Tags = details ? TagSet.List(Tags) : null,
    };
}

internal sealed record PolicyVersionRecord(int Number, string Document, DateTimeOffset Created)
{
    [JsonIgnore]
    public string Id => "v" + Number.ToString(CultureInfo.InvariantCulture);
}
