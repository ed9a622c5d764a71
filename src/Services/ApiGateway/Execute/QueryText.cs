namespace Haneul.ApiGateway.Execute;

/// <summary>Reads queries.</summary>
internal static class QueryText
{
    /// <param name="raw">As it was sent, without the question mark.</param>
    /// <returns>Decoded, in order, with repeats.</returns>
    public static List<KeyValuePair<string, string>> Parse(string raw)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var pair in raw.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            pairs.Add(new(Decode(equals < 0 ? pair : pair[..equals]), equals < 0 ? "" : Decode(pair[(equals + 1)..])));
        }

        return pairs;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
