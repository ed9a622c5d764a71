using System.Text;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Logs.Contracts;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.Logs.Tags;

/// <summary>The tags of groups. <see href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagResource.html"/></summary>
internal static class TagTable
{
    private const byte Version = 1;
    private const int MaxTags = 50;

    public static Dictionary<string, string> List(IPartitionReader reader, string group)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in reader.Scan(KeyRange.Prefix(LogsKeyspace.Key(LogsKeyspace.Tags, group))))
        {
            var key = new KeyReader(entry.Key);
            key.ReadByte();
            key.SkipBytes();
            tags[key.ReadText()] = Encoding.UTF8.GetString(entry.Value[1..]);
        }

        return tags;
    }

    public static void Put(Batch batch, string group, IReadOnlyDictionary<string, string>? tags)
    {
        foreach (var (key, value) in tags ?? new Dictionary<string, string>())
        {
            batch.Put(LogsKeyspace.Key(LogsKeyspace.Tags, group, key), [Version, .. Encoding.UTF8.GetBytes(value)]);
        }
    }

    public static ServiceError? Check(IReadOnlyDictionary<string, string>? tags, IEnumerable<string> present)
    {
        if (tags?.Keys.Any(key => key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) == true)
        {
            return LogsErrors.InvalidParameterException.With("Tag keys must not begin with aws:.");
        }

        return (tags?.Keys ?? []).Union(present).Count() > MaxTags
            ? LogsErrors.TooManyTagsException.With($"A log group has at most {MaxTags} tags.")
            : null;
    }

    /// <summary>Sets tags of a group; both generations of operations do.</summary>
    public static ServiceError? Set(IPartitionReader reader, Batch batch, string group, IReadOnlyDictionary<string, string> tags)
    {
        if (!reader.Contains(LogsKeyspace.Key(LogsKeyspace.Groups, group)))
        {
            return LogTable.NoGroup;
        }

        if (Check(tags, List(reader, group).Keys) is { } error)
        {
            return error;
        }

        Put(batch, group, tags);
        return null;
    }

    /// <summary>Removes tags of a group.</summary>
    public static ServiceError? Remove(IPartitionReader reader, Batch batch, string group, IEnumerable<string> keys)
    {
        if (!reader.Contains(LogsKeyspace.Key(LogsKeyspace.Groups, group)))
        {
            return LogTable.NoGroup;
        }

        foreach (var key in keys)
        {
            batch.Delete(LogsKeyspace.Key(LogsKeyspace.Tags, group, key));
        }

        return null;
    }

    /// <summary>The group of an ARN of the caller's; null for anything else.</summary>
    public static string? Group(string arn, CallContext context)
    {
        var name = LogArn.Name(null, arn);
        return name != arn && LogArn.Group(context, name) == arn.TrimEnd('*').TrimEnd(':') ? name : null;
    }
}
