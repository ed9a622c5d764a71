using System.Globalization;

namespace Haneul.CloudWatch.Expressions;

/// <summary>
/// Reads metric math.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html"/>
/// </summary>
internal ref struct MathParser
{
    // Deep nesting is a mistake or an attack: recursion has a bound.
    private const int MaxDepth = 64;

    // From the weakest to the strongest; within a row the longer spelling comes first.
    private static readonly (string Text, MathOperator Operator)[][] s_levels =
    [
        [("||", MathOperator.Or), ("OR", MathOperator.Or)],
        [("&&", MathOperator.And), ("AND", MathOperator.And)],
        [
            ("==", MathOperator.Equal), ("!=", MathOperator.NotEqual), ("<=", MathOperator.LessOrEqual), (">=", MathOperator.GreaterOrEqual),
            ("<", MathOperator.Less), (">", MathOperator.Greater),
        ],
        [("+", MathOperator.Add), ("-", MathOperator.Subtract)],
        [("*", MathOperator.Multiply), ("/", MathOperator.Divide)],
    ];

    private readonly string _text;
    private int _at;
    private int _depth;

    private MathParser(string text) => _text = text;

    /// <exception cref="MathException">The text is no expression.</exception>
    public static MathNode Parse(string text)
    {
        var parser = new MathParser(text);
        var node = parser.Level(0);
        parser.SkipSpace();
        return parser._at == text.Length ? node : throw parser.Unexpected();
    }

    private MathNode Level(int level)
    {
        if (level == s_levels.Length)
        {
            return Power();
        }

        if (level == 0 && ++_depth > MaxDepth)
        {
            throw new MathException("The expression is nested too deeply.");
        }

        var left = Level(level + 1);
        while (TryOperator(level) is { } found)
        {
            left = new BinaryNode(found, left, Level(level + 1));
        }

        _depth -= level == 0 ? 1 : 0;
        return left;
    }

    private MathNode Power()
    {
        if (TryTake("-"))
        {
            if (++_depth > MaxDepth)
            {
                throw new MathException("The expression is nested too deeply.");
            }

            var operand = Power();
            _depth--;
            return new NegateNode(operand);
        }

        var left = Primary();
        return TryTake("^") ? new BinaryNode(MathOperator.Power, left, Power()) : left;
    }

    private MathNode Primary()
    {
        SkipSpace();
        if (_at == _text.Length)
        {
            throw new MathException("Unexpected end of the expression.");
        }

        var next = _text[_at];
        if (next is '"' or '\'')
        {
            return Text(next);
        }

        if (char.IsAsciiDigit(next) || next == '.')
        {
            return Number();
        }

        if (TryTake("("))
        {
            var inner = Level(0);
            Take(")");
            return inner;
        }

        if (TryTake("["))
        {
            return new ListNode(Items("]"));
        }

        if (!char.IsAsciiLetter(next))
        {
            throw Unexpected();
        }

        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_'))
        {
            _at++;
        }

        var name = _text[start.._at];
        return TryTake("(") ? new CallNode(name.ToUpperInvariant(), Items(")")) : new NameNode(name);
    }

    private List<MathNode> Items(string end)
    {
        var items = new List<MathNode>();
        if (TryTake(end))
        {
            return items;
        }

        do
        {
            items.Add(Level(0));
        }
        while (TryTake(","));
        Take(end);
        return items;
    }

    private TextNode Text(char quote)
    {
        var end = _text.IndexOf(quote, _at + 1);
        if (end < 0)
        {
            throw new MathException("Unterminated string.");
        }

        var text = _text[(_at + 1)..end];
        _at = end + 1;
        return new TextNode(text);
    }

    private NumberNode Number()
    {
        var start = _at;
        while (_at < _text.Length
            && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '.' || (_text[_at] is 'e' or 'E' && _at > start)
                || (_text[_at] is '+' or '-' && _text[_at - 1] is 'e' or 'E' && _at > start)))
        {
            _at++;
        }

        return double.TryParse(_text.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? new NumberNode(value)
            : throw new MathException($"'{_text[start.._at]}' is not a number.");
    }

    private MathOperator? TryOperator(int level)
    {
        foreach (var (text, found) in s_levels[level])
        {
            if (TryTake(text))
            {
                return found;
            }
        }

        return null;
    }

    private bool TryTake(string token)
    {
        SkipSpace();
        var end = _at + token.Length;
        if (!_text.AsSpan(_at).StartsWith(token, StringComparison.Ordinal)
            || (char.IsAsciiLetter(token[0]) && end < _text.Length && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] == '_')))
        {
            return false;
        }

        _at = end;
        return true;
    }

    private void Take(string token)
    {
        if (!TryTake(token))
        {
            throw Unexpected();
        }
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private readonly MathException Unexpected() => _at == _text.Length
        ? new MathException("Unexpected end of the expression.")
        : new MathException($"Unexpected '{_text[_at]}' at position {_at + 1}.");
}
