using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Haneul.Kernel.Shapes;

/// <summary>Bounds that a model puts on a shape. For strings, blobs, lists and maps they bound the length; for numbers, the value.</summary>
public sealed class Constraints
{
    private readonly Lazy<Regex>? _regex;

    public Constraints(long? min = null, long? max = null, string? pattern = null, string[]? values = null)
    {
        Min = min;
        Max = max;
        Pattern = pattern;
        Values = values;
        ValueSet = values?.ToFrozenSet(StringComparer.Ordinal);
        _regex = pattern is null ? null : new Lazy<Regex>(() => Compile(pattern));
    }

    public long? Min { get; }

    public long? Max { get; }

    public string? Pattern { get; }

    /// <summary>The values of an enumeration, in the order of the model.</summary>
    public IReadOnlyList<string>? Values { get; }

    public FrozenSet<string>? ValueSet { get; }

    /// <summary>Whether the whole of <paramref name="text"/> matches <see cref="Pattern"/>; true without a pattern.</summary>
    public bool Matches(string text) => _regex is null || _regex.Value.IsMatch(text);

    // Patterns come from models, texts from strangers: a matcher without backtracking keeps the time linear. The few patterns
    // that need look-around get the backtracking one with a time limit.
    private static Regex Compile(string pattern)
    {
        var whole = @"\A(?:" + Translate(pattern) + @")\z";
        try
        {
            return new Regex(whole, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            return new Regex(whole, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));
        }
    }

    // Models speak Java's dialect: a range of surrogate pairs is one of code points, which here are two surrogates.
    private static string Translate(string pattern) => pattern
        .Replace(@"\uD800\uDC00-\uDBFF\uDFFF", @"\uD800-\uDFFF", StringComparison.Ordinal)
        .Replace(@"\p{Print}", @"[\x20-\x7E]", StringComparison.Ordinal);
}
