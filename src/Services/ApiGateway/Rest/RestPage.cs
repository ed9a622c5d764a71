namespace Haneul.ApiGateway.Rest;

/// <summary>
/// A page of a list. The position is the key of the last item of the page before. Sizes are 25 unless the caller says otherwise, at most 500.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_GetRestApis.html"/>
/// </summary>
internal static class RestPage
{
    private const int Usual = 25;
    private const int Most = 500;

    public static (IReadOnlyList<T> Items, string? Position) Of<T>(IReadOnlyList<T> items, Func<T, string> key, int? limit, string? position)
    {
        var size = limit is null or <= 0 ? Usual : Math.Min(limit.Value, Most);
        var start = 0;
        if (position is not null)
        {
            // The item may have been deleted since: then the list begins where it would have been.
            while (start < items.Count && key(items[start]) != position)
            {
                start++;
            }

            start = start < items.Count ? start + 1 : items.TakeWhile(item => string.CompareOrdinal(key(item), position) <= 0).Count();
        }

        var page = items.Skip(start).Take(size).ToList();
        return (page, start + page.Count < items.Count && page.Count > 0 ? key(page[^1]) : null);
    }
}
