using System.Text.RegularExpressions;

namespace Haneul.Logs.Filters;

/// <summary>
/// Conditions on the columns of a line: <c>[ip, user, ..., status = 4*, bytes > 1000]</c>. Columns are parted by blanks; quotes and brackets hold
/// one together.
/// </summary>
internal sealed partial class ColumnPattern : FilterPattern
{
    private readonly List<Comparison[]> _before = [];
    private readonly List<Comparison[]> _after = [];
    private readonly List<string> _names = [];
    private bool _ellipsis;

    public override IReadOnlyList<string> Selectors => [.. _names.Select(name => "$" + name)];

    public static new ColumnPattern Parse(string text)
    {
        var reader = new PatternText(text);
        var pattern = new ColumnPattern();
        reader.Expect("[");
        while (!reader.Take("]"))
        {
            if (reader.Take("..."))
            {
                pattern._ellipsis = !pattern._ellipsis ? true : throw reader.Wrong("one '...' is enough");
            }
            else
            {
                (pattern._ellipsis ? pattern._after : pattern._before).Add(Column(reader, out var name));
                pattern._names.Add(name);
            }

            if (!reader.Take(",") && reader.Peek != ']')
            {
                throw reader.Wrong("',' or ']' was expected");
            }
        }

        return reader.AtEnd ? pattern : throw reader.Wrong("the pattern was expected to end");
    }

    public override bool Matches(string message)
    {
        var columns = Columns().Matches(message);
        if (_ellipsis ? columns.Count < _before.Count + _after.Count : columns.Count != _before.Count)
        {
            return false;
        }

        for (var i = 0; i < _before.Count; i++)
        {
            if (!Holds(_before[i], columns[i]))
            {
                return false;
            }
        }

        for (var i = 0; i < _after.Count; i++)
        {
            if (!Holds(_after[i], columns[columns.Count - _after.Count + i]))
            {
                return false;
            }
        }

        return true;
    }

    public override string? Extract(string selector, string message)
    {
        var index = selector.Length > 0 ? _names.IndexOf(selector[1..]) : -1;
        var columns = Columns().Matches(message);
        index = index < _before.Count ? index : columns.Count - _names.Count + index;
        return index >= 0 && index < columns.Count ? ValueOf(columns[index]) : null;
    }

    private static string ValueOf(Match column) => column.Value is ['"', .., '"'] or ['[', .., ']'] ? column.Value[1..^1] : column.Value;

    private static bool Holds(Comparison[] comparisons, Match column)
    {
        var value = ValueOf(column);
        return comparisons.Length == 0 || Array.Exists(comparisons, comparison => comparison.Holds(value));
    }

    // A name, and comparisons of that name joined by "||".
    private static Comparison[] Column(PatternText reader, out string name)
    {
        const string ends = "=!<>,]&|";
        name = reader.Bare(ends);
        var comparisons = new List<Comparison>();
        while (reader.Peek is '=' or '!' or '<' or '>')
        {
            comparisons.Add(Comparison.Parse(reader, ends));
            if (reader.Take("||"))
            {
                reader.Bare(ends);
            }
        }

        return [.. comparisons];
    }

    [GeneratedRegex("""
        "[^"]*"|\[[^\]]*\]|\S+
        """, RegexOptions.NonBacktracking | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Columns();
}
