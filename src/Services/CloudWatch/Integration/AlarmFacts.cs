using Haneul.CloudWatch.Tags;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.CloudWatch.Integration;

/// <summary>Tells authorization the tags of alarms, for <c>aws:ResourceTag</c>.</summary>
internal sealed class AlarmFacts(IStore store) : IResourceFacts
{
    public string Service => "cloudwatch";

    public ValueTask<ResourceFacts> FindAsync(Arn resource, CallContext context, CancellationToken cancel)
    {
        if (!AccountId.TryParse(resource.Account, out var account) || !Region.TryParse(resource.Region, out var region))
        {
            return new(ResourceFacts.None);
        }

        var tags = TagTable.List(store.Partition(CloudWatchKeyspace.Partition(account, region)), resource.ToString());
        return new(tags.Count == 0 ? ResourceFacts.None : new ResourceFacts(Policy: null, tags));
    }
}
