using System.Text.RegularExpressions;

namespace Haneul.Logs.Filters;

/// <summary>What a string is compared with: itself, with stars at its ends, or a regular expression.</summary>
internal sealed class TextMatch
{
    private readonly string _text;
    private readonly bool _openStart;
    private readonly bool _openEnd;
    private readonly Regex? _expression;

    /// <param name="text">The text; a star at either end stands for anything.</param>
    /// <param name="literal">Stars are stars.</param>
    public TextMatch(string text, bool literal = false)
    {
        _openStart = !literal && text.StartsWith('*');
        _openEnd = !literal && text.Length > 1 && text.EndsWith('*');
        _text = text[(_openStart ? 1 : 0)..(_openEnd ? ^1 : ^0)];
    }

    private TextMatch(Regex expression)
    {
        _text = "";
        _expression = expression;
    }

    /// <exception cref="FormatException">The text is no regular expression, or one that takes backtracking.</exception>
    public static TextMatch OfExpression(string text)
    {
        try
        {
            // Messages are strangers' text: the time to match must stay linear.
            return new TextMatch(new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new FormatException("the regular expression cannot be read.", exception);
        }
    }

    public bool IsMatch(string value) => _expression is not null ? _expression.IsMatch(value)
        : _openStart && _openEnd ? value.Contains(_text, StringComparison.Ordinal)
        : _openStart ? value.EndsWith(_text, StringComparison.Ordinal)
        : _openEnd ? value.StartsWith(_text, StringComparison.Ordinal)
        : value == _text;

    /// <summary>Somewhere inside of a message.</summary>
    public bool IsIn(string message) => _expression?.IsMatch(message) ?? message.Contains(_text, StringComparison.Ordinal);
}
