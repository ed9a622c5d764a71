using System.Text;
using Haneul.CloudWatch.Contracts;
using Haneul.Kernel.Errors;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.CloudWatch.Tags;

/// <summary>The tags of resources, by their ARNs.</summary>
internal static class TagTable
{
    private const byte Version = 1;
    private const int MaxTags = 50;

    public static KeyRange Range(string arn) => KeyRange.Prefix(CloudWatchKeyspace.Key(CloudWatchKeyspace.Tags, arn));

    public static IReadOnlyDictionary<string, string> List(IPartitionReader partition, string arn)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in partition.Scan(Range(arn)))
        {
            var key = new KeyReader(entry.Key);
            key.ReadByte();
            key.SkipBytes();
            tags[key.ReadText()] = Encoding.UTF8.GetString(entry.Value[1..]);
        }

        return tags;
    }

    public static void Put(Batch batch, string arn, IEnumerable<Tag>? tags)
    {
        foreach (var tag in tags ?? [])
        {
            batch.Put(CloudWatchKeyspace.Key(CloudWatchKeyspace.Tags, arn, tag.Key), [Version, .. Encoding.UTF8.GetBytes(tag.Value)]);
        }
    }

    /// <summary>What tags may be, together with those that are there.</summary>
    public static ServiceError? Check(IReadOnlyList<Tag>? tags, IEnumerable<string> present)
    {
        if (tags?.FirstOrDefault(tag => tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) is { } reserved)
        {
            return CloudWatchFaults.Value($"The tag key {reserved.Key} must not begin with aws:.");
        }

        return (tags ?? []).Select(tag => tag.Key).Union(present).Count() > MaxTags
            ? CloudWatchFaults.Value($"A resource has at most {MaxTags} tags.")
            : null;
    }

    public static IEnumerable<KeyValuePair<string, string>> Pairs(IEnumerable<Tag>? tags) =>
        (tags ?? []).Select(tag => new KeyValuePair<string, string>(tag.Key, tag.Value));
}
