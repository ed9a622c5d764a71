using Haneul.Kernel.Identity;
using Haneul.Logs.Tags;
using Haneul.Storage;

namespace Haneul.Logs.Integration;

/// <summary>Tells authorization the tags of groups, for <c>aws:ResourceTag</c>; a stream has its group's.</summary>
internal sealed class GroupFacts(IStore store) : IResourceFacts
{
    private const string Kind = "log-group:";

    public string Service => "logs";

    public ValueTask<ResourceFacts> FindAsync(Arn resource, CallContext context, CancellationToken cancel)
    {
        if (!resource.Resource.StartsWith(Kind, StringComparison.Ordinal)
            || !AccountId.TryParse(resource.Account, out var account) || !Region.TryParse(resource.Region, out var region))
        {
            return new(ResourceFacts.None);
        }

        var group = resource.Resource[Kind.Length..].Split(':')[0];
        var tags = TagTable.List(store.Partition(LogsKeyspace.Partition(account, region)), group);
        return new(tags.Count == 0 ? ResourceFacts.None : new ResourceFacts(Policy: null, tags));
    }
}
