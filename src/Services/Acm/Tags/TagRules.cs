using Haneul.Acm.Contracts;
using Haneul.Kernel.Errors;

namespace Haneul.Acm.Tags;

/// <summary>Which tags a certificate may have. <see href="https://docs.aws.amazon.com/acm/latest/userguide/tags-restrictions.html"/></summary>
internal static class TagRules
{
    private const int Most = 50;

    /// <param name="added">What is to be added.</param>
    /// <param name="present">The keys that are there.</param>
    public static ServiceError? Check(IReadOnlyList<Tag>? added, IEnumerable<string> present)
    {
        if (added?.FirstOrDefault(tag => tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) is not null)
        {
            return AcmErrors.InvalidTagException.With("aws: prefixed tag key names are not allowed for external use.");
        }

        return added is not null && present.Union(added.Select(tag => tag.Key)).Count() > Most
            ? AcmErrors.TooManyTagsException.With($"The maximum number of tags is {Most}.")
            : null;
    }

    public static IReadOnlyDictionary<string, string> Map(IReadOnlyList<Tag>? tags, IReadOnlyDictionary<string, string>? present = null)
    {
        var map = new SortedDictionary<string, string>(present?.ToDictionary() ?? [], StringComparer.Ordinal);
        foreach (var tag in tags ?? [])
        {
            map[tag.Key] = tag.Value ?? "";
        }

        return map;
    }
}
