using System.Text;

namespace Haneul.Auth;

/// <summary>The query's part of a canonical request: decoded, encoded again, sorted by name and then by value.</summary>
internal static class CanonicalQuery
{
    public static IEnumerable<(string Name, string Value)> Parse(string query)
    {
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            yield return (
                Encoding.UTF8.GetString(UriEncoding.Decode(pair.AsSpan(0, equals < 0 ? pair.Length : equals))),
                equals < 0 ? "" : Encoding.UTF8.GetString(UriEncoding.Decode(pair.AsSpan(equals + 1))));
        }
    }

    public static void Append(StringBuilder output, string query, bool presigned)
    {
        var pairs = new List<(string Name, string Value)>();
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = Encode(equals < 0 ? pair : pair[..equals]);
            if (!presigned || name != "X-Amz-Signature")
            {
                pairs.Add((name, equals < 0 ? "" : Encode(pair[(equals + 1)..])));
            }
        }

        pairs.Sort(static (a, b) =>
            string.CompareOrdinal(a.Name, b.Name) is var byName && byName != 0 ? byName : string.CompareOrdinal(a.Value, b.Value));
        for (var i = 0; i < pairs.Count; i++)
        {
            output.Append(i == 0 ? "" : "&").Append(pairs[i].Name).Append('=').Append(pairs[i].Value);
        }
    }

    private static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        UriEncoding.Append(encoded, UriEncoding.Decode(text));
        return encoded.ToString();
    }
}
