using System.Globalization;
using Haneul.ApiGateway.Contracts.V2;

namespace Haneul.ApiGateway;

/// <summary>A page of a list that is ordered by id: the token is the last id of the page before.</summary>
internal static class Page
{
    private const int Most = 500;

    /// <exception cref="Kernel.Errors.ServiceException">The number of results is none.</exception>
    public static (IReadOnlyList<T> Items, string? Next) Of<T>(IEnumerable<T> items, Func<T, string> id, string? maxResults, string? nextToken)
    {
        var size = Most;
        if (maxResults is not null && (!int.TryParse(maxResults, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > Most))
        {
            throw ApiGatewayV2Errors.BadRequestException.With($"maxResults must be a number from 1 to {Most}.").ToException();
        }

        var rest = items.Where(item => nextToken is null || string.CompareOrdinal(id(item), nextToken) > 0).Take(size + 1).ToList();
        if (rest.Count <= size)
        {
            return (rest, null);
        }

        rest.RemoveAt(size);
        return (rest, id(rest[^1]));
    }
}
