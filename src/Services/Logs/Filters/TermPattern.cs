namespace Haneul.Logs.Filters;

/// <summary>Words: all of them, none of those with a minus; if all have a question mark, any of them.</summary>
internal sealed class TermPattern(IReadOnlyList<TextMatch> all, IReadOnlyList<TextMatch> any, IReadOnlyList<TextMatch> none) : FilterPattern
{
    public static new TermPattern Parse(string text)
    {
        var reader = new PatternText(text);
        List<TextMatch> all = [], any = [], none = [];
        while (!reader.AtEnd)
        {
            var list = reader.Take("?") ? any : reader.Take("-") ? none : all;
            list.Add(reader.Peek switch
            {
                '"' => new TextMatch(reader.Quoted(), literal: true),
                '%' => TextMatch.OfExpression(reader.Expression()),
                _ => new TextMatch(reader.Bare(""), literal: true),
            });
        }

        return new TermPattern(all, any, none);
    }

    public override bool Matches(string message)
    {
        foreach (var term in all)
        {
            if (!term.IsIn(message))
            {
                return false;
            }
        }

        foreach (var term in none)
        {
            if (term.IsIn(message))
            {
                return false;
            }
        }

        // Beside words that must or must not be there, question marks say nothing.
        return any.Count == 0 || all.Count > 0 || none.Count > 0 || any.Any(term => term.IsIn(message));
    }
}
