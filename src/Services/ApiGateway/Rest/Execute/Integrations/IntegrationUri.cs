using System.Text;

namespace Haneul.ApiGateway.Rest.Execute.Integrations;

/// <summary>Puts path parameters into an integration's URI, so that a value cannot leave its place in it.</summary>
internal static class IntegrationUri
{
    private const string Kept = "-._~!$&'()*+,;=:@/";

    /// <param name="uri">May hold <c>{name}</c>.</param>
    /// <param name="find">The value of a parameter; null leaves the braces as they are.</param>
    public static string Fill(string uri, Func<string, string?> find)
    {
        var text = new StringBuilder(uri.Length + 32);
        for (var at = 0; at < uri.Length;)
        {
            var open = uri.IndexOf('{', at);
            var close = open < 0 ? -1 : uri.IndexOf('}', open);
            if (close < 0)
            {
                text.Append(uri, at, uri.Length - at);
                break;
            }

            text.Append(uri, at, open - at);
            var name = uri[(open + 1)..close].TrimEnd('+');
            text.Append(find(name) is { } value ? Escape(value) : uri[open..(close + 1)]);
            at = close + 1;
        }

        return text.ToString();
    }

    /// <summary>Whether a path walks up: parts that are one dot or two, however they are encoded.</summary>
    public static bool HasDotParts(string path)
    {
        foreach (var part in path.Split('/', '\\'))
        {
            if (part.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase) is "." or "..")
            {
                return true;
            }
        }

        return false;
    }

    // What is percent-encoded already stays so; a question mark or anything else that would end the path is encoded.
    private static string Escape(string value)
    {
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            var encoded = c == '%' && i + 2 < value.Length && char.IsAsciiHexDigit(value[i + 1]) && char.IsAsciiHexDigit(value[i + 2]);
            if (char.IsAsciiLetterOrDigit(c) || encoded || Kept.Contains(c, StringComparison.Ordinal))
            {
                text.Append(c);
            }
            else
            {
                var length = char.IsHighSurrogate(c) && i + 1 < value.Length ? 2 : 1;
                text.Append(Uri.EscapeDataString(value.AsSpan(i, length)));
                i += length - 1;
            }
        }

        return text.ToString();
    }
}
