using System.Collections.Concurrent;
using Haneul.Iam.InstanceProfiles;
using Haneul.Iam.Policies;
using Haneul.Iam.Roles;
using Haneul.Iam.Storage;
using Haneul.Iam.Users;
using Haneul.Kernel.Identity;

namespace Haneul.Iam.Principals;

/// <summary>The trust policies of roles, which alone decide who may assume them, and the tags of what IAM has.</summary>
internal sealed class IamFacts(IamStore iam) : IResourceFacts
{
    private const int CacheSize = 4096;

    private readonly ConcurrentDictionary<string, (long Epoch, ResourceFacts Facts)> _trust = new();

    public string Service => "iam";

    public ValueTask<ResourceFacts> FindAsync(Arn resource, CallContext context, CancellationToken cancel) =>
        new(new ResourceFacts(null, Tags(resource)));

    public ValueTask<ResourceFacts> FindAsync(Arn resource, string action, CallContext context, CancellationToken cancel) =>
        action.StartsWith("sts:", StringComparison.OrdinalIgnoreCase) ? new(Trust(resource)) : FindAsync(resource, context, cancel);

    /// <summary>What says who may assume the role. A role that is not there lets nobody in.</summary>
    public ResourceFacts Trust(Arn arn)
    {
        var epoch = iam.Epoch;
        var key = arn.ToString();
        if (_trust.TryGetValue(key, out var cached) && cached.Epoch == epoch)
        {
            return cached.Facts;
        }

        var facts = Find(arn) is { } role
            ? new ResourceFacts(new AttachedPolicy("trust policy of role " + role.Name, role.Trust), role.Tags, PolicyRequired: true)
            : new ResourceFacts(null, PolicyRequired: true);
        if (_trust.Count >= CacheSize)
        {
            _trust.Clear();
        }

        _trust[key] = (epoch, facts);
        return facts;
    }

    /// <summary>The role of an ARN, if its path is right too.</summary>
    public RoleRecord? Find(Arn arn) =>
        arn is { Service: "iam" } && arn.Resource.StartsWith("role/", StringComparison.Ordinal) && AccountId.TryParse(arn.Account, out var account)
        && iam.Read(account).Find<RoleRecord>(Name(arn)) is { } role && role.ArnIn(account) == arn.ToString()
            ? role
            : null;

    private IReadOnlyDictionary<string, string>? Tags(Arn arn)
    {
        if (!AccountId.TryParse(arn.Account, out var account) || !arn.Resource.Contains('/'))
        {
            return null;
        }

        var reader = iam.Read(account);
        Entity? entity = arn.Resource.Split('/')[0] switch
        {
            "user" => reader.Find<UserRecord>(Name(arn)),
            "role" => reader.Find<RoleRecord>(Name(arn)),
            "policy" => reader.Find<PolicyRecord>(Name(arn)),
            "instance-profile" => reader.Find<InstanceProfileRecord>(Name(arn)),
            _ => null,
        };
        return entity?.Tags;
    }

    private static string Name(Arn arn) => arn.Resource[(arn.Resource.LastIndexOf('/') + 1)..];
}
