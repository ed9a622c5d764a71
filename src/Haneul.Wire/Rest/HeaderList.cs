namespace Haneul.Wire.Rest;

/// <summary>Lists in one header: comma-separated, with quotes around what holds commas; dates hold one comma each.</summary>
internal static class HeaderList
{
    public static IEnumerable<string> Split(string text, bool dates)
    {
        if (dates)
        {
            var parts = text.Split(',', StringSplitOptions.TrimEntries);
            for (var i = 0; i < parts.Length; i++)
            {
                // "Mon, 16 Dec 2019 23:48:18 GMT": the weekday is the part without digits.
                yield return i + 1 < parts.Length && !parts[i].Any(char.IsDigit) ? parts[i] + ", " + parts[++i] : parts[i];
            }

            yield break;
        }

        for (var i = 0; i <= text.Length;)
        {
            while (i < text.Length && text[i] is ' ' or '\t')
            {
                i++;
            }

            if (i < text.Length && text[i] == '"')
            {
                var unquoted = new System.Text.StringBuilder();
                for (i++; i < text.Length && text[i] != '"'; i++)
                {
                    i += text[i] == '\\' && i + 1 < text.Length ? 1 : 0;
                    unquoted.Append(text[i]);
                }

                yield return unquoted.ToString();
                i = text.IndexOf(',', Math.Min(i, text.Length)) is var after and >= 0 ? after + 1 : text.Length + 1;
            }
            else
            {
                var end = text.IndexOf(',', i) is var comma and >= 0 ? comma : text.Length;
                yield return text[i..end].Trim();
                i = end + 1;
            }
        }
    }

    public static string Quote(string text) =>
        text.AsSpan().IndexOfAny(',', '"') < 0
            ? text
            : "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
