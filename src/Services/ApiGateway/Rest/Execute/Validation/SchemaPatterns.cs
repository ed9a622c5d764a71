using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Haneul.ApiGateway.Rest.Execute.Validation;

/// <summary>Patterns of schemas: they match anywhere in a text, within a tenth of a second.</summary>
internal static class SchemaPatterns
{
    private const int MaxKept = 4096;

    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(100);

    private static readonly ConcurrentDictionary<string, Regex?> s_kept = new(StringComparer.Ordinal);

    /// <exception cref="SchemaException">The pattern is none, or took too long.</exception>
    public static bool IsMatch(string pattern, string text)
    {
        if (Find(pattern) is not { } regex)
        {
            throw new SchemaException($"The model has a pattern that is no regular expression: {pattern}");
        }

        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new SchemaException("The model has a pattern that takes too long");
        }
    }

    public static bool IsPattern(string text) => Find(text) is not null;

    private static Regex? Find(string pattern)
    {
        if (s_kept.TryGetValue(pattern, out var regex))
        {
            return regex;
        }

        if (s_kept.Count >= MaxKept)
        {
            s_kept.Clear();
        }

        return s_kept[pattern] = Make(pattern);
    }

    private static Regex? Make(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, s_patience);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, s_patience);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
