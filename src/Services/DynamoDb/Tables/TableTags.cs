using Haneul.DynamoDb.Contracts;

namespace Haneul.DynamoDb.Tables;

/// <summary>The rules of tags. <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.html"/></summary>
internal static class TableTags
{
    public const int Max = 50;

    public static IReadOnlyDictionary<string, string> Merge(IReadOnlyDictionary<string, string> tags, IReadOnlyList<Tag> more)
    {
        var merged = new Dictionary<string, string>(tags, StringComparer.Ordinal);
        foreach (var tag in more)
        {
            DynamoErrors.ThrowIf(
                tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase),
                DynamoErrors.Parameters + "Tag keys that begin with aws: are reserved for system use");
            merged[tag.Key] = tag.Value;
        }

        DynamoErrors.ThrowIf(merged.Count > Max, DynamoErrors.Parameters + "The number of tags exceeds the limit of 50 for a resource");
        return merged;
    }

    public static IReadOnlyDictionary<string, string> Merge(IReadOnlyList<KeyValuePair<string, string>> tags, IReadOnlyList<Tag> more) =>
        Merge(new Dictionary<string, string>(tags), more);
}
