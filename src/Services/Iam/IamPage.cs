using System.Text;

namespace Haneul.Iam;

/// <summary>A page of a list: the items, and where the next page begins. The marker names the last item and says nothing else.</summary>
internal sealed record IamPage<T>(IReadOnlyList<T> Items, string? Marker)
{
    public bool IsTruncated => Marker is not null;
}

internal static class IamPage
{
    /// <summary>AWS's default size of a page, and its limit is ten times that.</summary>
    private const int DefaultSize = 100;

    /// <param name="items">All that match, in the order of <paramref name="name"/>.</param>
    /// <param name="name">What orders them.</param>
    /// <param name="marker">Of the request.</param>
    /// <param name="maxItems">Of the request.</param>
    public static IamPage<T> Of<T>(IEnumerable<T> items, Func<T, string> name, string? marker, int? maxItems)
    {
        var after = marker is null ? null : Decode(marker);
        var size = maxItems ?? DefaultSize;
        var page = new List<T>();
        foreach (var item in items)
        {
            if (after is not null && string.CompareOrdinal(name(item).ToLowerInvariant(), after) <= 0)
            {
                continue;
            }

            if (page.Count == size)
            {
                return new IamPage<T>(page, Encode(name(page[^1])));
            }

            page.Add(item);
        }

        return new IamPage<T>(page, null);
    }

    private static string Encode(string name) => Convert.ToBase64String(Encoding.UTF8.GetBytes(name.ToLowerInvariant()));

    private static string Decode(string marker)
    {
        var bytes = new byte[marker.Length];
        return Convert.TryFromBase64String(marker, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes.AsSpan(0, length))
            : throw IamFaults.Validation("Invalid Marker.");
    }
}
