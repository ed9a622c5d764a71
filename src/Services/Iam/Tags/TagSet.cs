using Haneul.Iam.Contracts;

namespace Haneul.Iam.Tags;

/// <summary>
/// Tags of entities and sessions: at most 50, with keys that differ by more than case.
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html"/>
/// </summary>
internal static class TagSet
{
    public const int Limit = 50;

    public static Dictionary<string, string> New(IReadOnlyList<Tag>? tags) => Merge(new Dictionary<string, string>(), tags);

    public static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string> old, IReadOnlyList<Tag>? added)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in old)
        {
            tags[key] = value;
        }

        foreach (var tag in added ?? [])
        {
            if (!seen.Add(tag.Key))
            {
                throw IamFaults.InvalidInput("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }

            if (tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
            {
                throw IamFaults.InvalidInput("Tag keys beginning with aws: are reserved for system use.");
            }

            tags.Remove(tag.Key);
            tags[tag.Key] = tag.Value;
        }

        return tags.Count <= Limit
            ? tags
            : throw IamFaults.LimitExceeded("The number of tags has reached the maximum limit.");
    }

    public static Dictionary<string, string> Without(IReadOnlyDictionary<string, string> old, IReadOnlyList<string> keys) =>
        old.Where(tag => !keys.Contains(tag.Key, StringComparer.OrdinalIgnoreCase)).ToDictionary(tag => tag.Key, tag => tag.Value);

    /// <summary>For answers; null where AWS leaves an empty list out.</summary>
    public static IReadOnlyList<Tag>? Optional(IReadOnlyDictionary<string, string> tags) => tags.Count == 0 ? null : List(tags);

    public static IReadOnlyList<Tag> List(IReadOnlyDictionary<string, string> tags) =>
        [.. tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })];

    public static IEnumerable<KeyValuePair<string, string>> Pairs(IReadOnlyList<Tag>? tags) =>
        (tags ?? []).Select(tag => KeyValuePair.Create(tag.Key, tag.Value));
}
