using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Haneul.ApiGateway.Velocity.Values;

/// <summary>The methods of texts. <see href="https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/lang/String.html"/></summary>
internal static class TextMethods
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(100);

    public static object? Invoke(string text, string method, object?[] arguments) => (method, arguments) switch
    {
        ("length", []) => (long)text.Length,
        ("isEmpty", []) => text.Length == 0,
        ("isBlank", []) => string.IsNullOrWhiteSpace(text),
        ("charAt", [long at]) => Slice(text, at, at + 1),
        ("substring", [long from]) => Slice(text, from, text.Length),
        ("substring" or "subSequence", [long from, long to]) => Slice(text, from, to),
        ("toUpperCase", []) => text.ToUpperInvariant(),
        ("toLowerCase", []) => text.ToLowerInvariant(),
        ("trim", []) => text.AsSpan().Trim(s_controls).ToString(),
        ("strip", []) => text.Trim(),
        ("concat", [string more]) => text + more,
        ("repeat", [long times]) => Repeat(text, times),
        ("indexOf", [string part]) => (long)text.IndexOf(part, StringComparison.Ordinal),
        ("indexOf", [string part, long from]) => from >= text.Length ? -1L : text.IndexOf(part, (int)Math.Max(0, from), StringComparison.Ordinal),
        ("lastIndexOf", [string part]) => (long)text.LastIndexOf(part, StringComparison.Ordinal),
        ("contains", [string part]) => text.Contains(part, StringComparison.Ordinal),
        ("startsWith", [string part]) => text.StartsWith(part, StringComparison.Ordinal),
        ("endsWith", [string part]) => text.EndsWith(part, StringComparison.Ordinal),
        ("equalsIgnoreCase", [string other]) => text.Equals(other, StringComparison.OrdinalIgnoreCase),
        ("compareTo", [string other]) => (long)Compare(text, other),
        ("compareToIgnoreCase", [string other]) => (long)Compare(text.ToLowerInvariant(), other.ToLowerInvariant()),
        ("replace", [string part, string by]) => text.Replace(part, by, StringComparison.Ordinal),
        ("replaceAll", [string pattern, string by]) => Try(() => Pattern(pattern).Replace(text, Replacement(by))),
        ("replaceFirst", [string pattern, string by]) => Try(() => Pattern(pattern).Replace(text, Replacement(by), 1)),
        ("matches", [string pattern]) => Try(() => Pattern($@"\A(?:{pattern})\z").IsMatch(text)),
        ("split", [string pattern]) => Try(() => Split(text, pattern, 0)),
        ("split", [string pattern, long limit]) => Try(() => Split(text, pattern, (int)Math.Clamp(limit, -1, int.MaxValue))),
        ("toCharArray" or "chars", []) => new VelocityList([.. text.Select(object? (c) => c.ToString())]),
        ("codePointAt", [long at]) => (long)Slice(text, at, at + 1)[0],
        _ => null,
    };

    /// <summary>Java's hash of a text.</summary>
    public static int Hash(string text)
    {
        var hash = 0;
        foreach (var c in text)
        {
            hash = unchecked((31 * hash) + c);
        }

        return hash;
    }

    private static readonly char[] s_controls = [.. Enumerable.Range(0, 33).Select(i => (char)i)];

    private static string Slice(string text, long from, long to) =>
        from >= 0 && from <= to && to <= text.Length
            ? text[(int)from..(int)to]
            : throw new VelocityException($"begin {from}, end {to}, length {text.Length}");

    private static string Repeat(string text, long times) =>
        times >= 0 && times * text.Length <= 1024 * 1024
            ? new StringBuilder().Insert(0, text, (int)times).ToString()
            : throw new VelocityException("A text is too long.");

    private static int Compare(string a, string b)
    {
        for (var i = 0; i < Math.Min(a.Length, b.Length); i++)
        {
            if (a[i] != b[i])
            {
                return a[i] - b[i];
            }
        }

        return a.Length - b.Length;
    }

    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.CultureInvariant, s_patience);

    private static T Try<T>(Func<T> use)
    {
        try
        {
            return use();
        }
        catch (ArgumentException exception)
        {
            throw new VelocityException($"A pattern is not valid: {exception.Message}");
        }
        catch (RegexMatchTimeoutException)
        {
            throw new VelocityException("A pattern takes too long.");
        }
    }

    // Java writes groups as here, but escapes with a backslash where .NET doubles the dollar sign.
    private static string Replacement(string by)
    {
        var text = new StringBuilder();
        for (var i = 0; i < by.Length; i++)
        {
            if (by[i] == '\\' && i + 1 < by.Length)
            {
                i++;
                text.Append(by[i] == '$' ? "$$" : by[i].ToString(CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(by[i]);
            }
        }

        return text.ToString();
    }

    // Empty parts at the end are dropped unless a limit says otherwise, and so is one that an empty match makes at the start.
    private static VelocityList Split(string text, string pattern, int limit)
    {
        var parts = new List<object?>();
        var start = 0;
        for (var match = Pattern(pattern).Match(text); match.Success && (limit <= 0 || parts.Count < limit - 1); match = match.NextMatch())
        {
            if (match.Length == 0 && (match.Index == 0 || match.Index == text.Length))
            {
                continue;
            }

            parts.Add(text[start..match.Index]);
            start = match.Index + match.Length;
        }

        parts.Add(text[start..]);
        while (limit == 0 && parts.Count > 1 && parts[^1] is "")
        {
            parts.RemoveAt(parts.Count - 1);
        }

        return new VelocityList(parts);
    }
}
