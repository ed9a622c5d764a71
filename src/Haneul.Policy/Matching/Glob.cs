namespace Haneul.Policy.Matching;

/// <summary>
/// Matches text against a pattern whose wildcards are two characters that no Unicode text may contain, so that a literal star needs no escape.
/// </summary>
/// <remarks>
/// The match goes back to the last star only, never to an earlier one: a later star can take whatever an earlier one could have left. The work is
/// linear for what people write, and at worst the product of both lengths for what an attacker writes.
/// </remarks>
internal static class Glob
{
    /// <summary>Stands for any run of characters, the empty one included.</summary>
    public const char Many = '\uFFFF';

    /// <summary>Stands for one character.</summary>
    public const char One = '\uFFFE';

    public static bool HasWildcards(ReadOnlySpan<char> pattern) => pattern.ContainsAny(Many, One);

    /// <summary>Turns the language's <c>*</c> and <c>?</c> into wildcards.</summary>
    public static string Compile(ReadOnlySpan<char> source) => source.ToString().Replace('*', Many).Replace('?', One);

    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, bool ignoreCase)
    {
        int p = 0, t = 0, star = -1, resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == Many)
            {
                star = p++;
                resume = t;
                if (p == pattern.Length)
                {
                    return true;
                }
            }
            else if (p < pattern.Length && (pattern[p] == One || Same(pattern[p], text[t], ignoreCase)))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].IndexOfAnyExcept(Many) < 0;
    }

    private static bool Same(char a, char b, bool ignoreCase) =>
        a == b || (ignoreCase && char.ToUpperInvariant(a) == char.ToUpperInvariant(b));
}
