using Haneul.CloudWatch.Contracts;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.CloudWatch.Dashboards;

/// <summary>The dashboards of an account; they have no region.</summary>
internal sealed class DashboardTable(IStore store)
{
    public IPartition Of(CallContext context) => store.Partition(CloudWatchKeyspace.Global(context));

    public static byte[] Key(string name) => CloudWatchKeyspace.Key(CloudWatchKeyspace.Dashboards, name);

    public static string Arn(CallContext context, string name) =>
        Kernel.Identity.Arn.Of("cloudwatch", "", context.Account, "dashboard/" + name).ToString();

    public static ServiceError NotFound(string name) => CloudWatchErrors.DashboardNotFoundError.With($"Dashboard {name} does not exist");

    /// <summary>The dashboards after a name, in order.</summary>
    public static List<(string Name, DashboardRecord Record)> List(IPartitionReader partition, string? prefix, string? after, int limit)
    {
        var found = new List<(string, DashboardRecord)>();
        var range = KeyRange.Prefix(CloudWatchKeyspace.Key(CloudWatchKeyspace.Dashboards));
        foreach (var entry in partition.Scan(after is null ? range : range.After(Key(after))))
        {
            var key = new KeyReader(entry.Key);
            key.ReadByte();
            var name = key.ReadText();
            if (name.StartsWith(prefix ?? "", StringComparison.Ordinal))
            {
                found.Add((name, DashboardRecord.Decode(entry.Value)));
                if (found.Count == limit)
                {
                    break;
                }
            }
        }

        return found;
    }
}
