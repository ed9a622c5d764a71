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

    public static void Append(ByteText output, string query, bool presigned)
    {
        if (query.Length == 0)
        {
            return;
        }

        var pairs = new List<(string Name, string Value)>();
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = UriEncoding.Canonical(equals < 0 ? pair : pair.AsSpan(0, equals));
            if (!presigned || name != "X-Amz-Signature")
            {
                pairs.Add((name, equals < 0 ? "" : UriEncoding.Canonical(pair.AsSpan(equals + 1))));
            }
        }

        pairs.Sort(static (a, b) =>
            string.CompareOrdinal(a.Name, b.Name) is var byName && byName != 0 ? byName : string.CompareOrdinal(a.Value, b.Value));
        for (var i = 0; i < pairs.Count; i++)
        {
            output.Append(i == 0 ? "" : "&").Append(pairs[i].Name).Append('=').Append(pairs[i].Value);
        }
    }
}
