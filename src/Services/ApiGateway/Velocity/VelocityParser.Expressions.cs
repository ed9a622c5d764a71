using System.Globalization;
using System.Numerics;
using System.Text;
using Haneul.ApiGateway.Velocity.Nodes;

namespace Haneul.ApiGateway.Velocity;

/// <summary>References and expressions.</summary>
internal sealed partial class VelocityParser
{
    // Each level binds tighter than the one before.
    private static readonly (string Sign, string Word, string Meaning)[][] s_levels =
    [
        [("==", "eq", "=="), ("!=", "ne", "!=")],
        [("<=", "le", "<="), (">=", "ge", ">="), ("<", "lt", "<"), (">", "gt", ">")],
        [("+", "", "+"), ("-", "", "-")],
        [("*", "", "*"), ("/", "", "/"), ("%", "", "%")],
    ];

    private static bool IsNameCharacter(char c, bool first) =>
        char.IsAsciiLetter(c) || c == '_' || (!first && (char.IsAsciiDigit(c) || c == '-'));

    /// <summary>Reads a reference; null, at any position, if there is none.</summary>
    private Reference? TryReference(out bool quiet)
    {
        quiet = false;
        var start = _at;
        if (Current != '$')
        {
            return null;
        }

        _at++;
        quiet = Take('!');
        var braces = Take('{');
        if (ReadName() is not { } variable)
        {
            return null;
        }

        var parts = new List<ReferencePart>();
        while (TryPart() is { } part)
        {
            parts.Add(part);
        }

        return braces && !Take('}') ? null : new Reference(variable, parts, source[start.._at]);
    }

    private ReferencePart? TryPart()
    {
        if (Current == '[')
        {
            var start = _at++;
            if (IsIndex())
            {
                var index = ParseExpression();
                SkipBlanks();
                if (Take(']'))
                {
                    return new IndexPart(index);
                }
            }

            _at = start;
            return null;
        }

        if (Current != '.' || _at + 1 >= source.Length || !IsNameCharacter(source[_at + 1], first: true))
        {
            return null;
        }

        _at++;
        var name = ReadName()!;
        if (!Take('('))
        {
            return new PropertyPart(name);
        }

        var arguments = new List<Expression>();
        SkipBlanks();
        while (!Take(')'))
        {
            if (arguments.Count > 0)
            {
                Expect(',');
            }

            arguments.Add(ParseExpression());
            SkipBlanks();
        }

        return new MethodPart(name, arguments);
    }

    // In text a bracket behind a reference need not be an index.
    private bool IsIndex()
    {
        var at = _at;
        while (at < source.Length && char.IsWhiteSpace(source[at]))
        {
            at++;
        }

        return at < source.Length && (source[at] is '$' or '"' or '\'' or '-' || char.IsAsciiDigit(source[at]));
    }

    private Expression ParseExpression()
    {
        if (++_depth > MaxDepth)
        {
            throw Error("An expression is nested too deeply");
        }

        var left = ParseAnd();
        while (TakeOperator("||", "or"))
        {
            left = new LogicalExpression(left, and: false, ParseAnd());
        }

        _depth--;
        return left;
    }

    private Expression ParseAnd()
    {
        var left = ParseLevel(0);
        while (TakeOperator("&&", "and"))
        {
            left = new LogicalExpression(left, and: true, ParseLevel(0));
        }

        return left;
    }

    private Expression ParseLevel(int level)
    {
        if (level == s_levels.Length)
        {
            return ParseUnary();
        }

        var left = ParseLevel(level + 1);
        while (Array.Find(s_levels[level], operation => TakeOperator(operation.Sign, operation.Word)) is { Meaning: { } meaning })
        {
            left = new BinaryExpression(left, meaning, ParseLevel(level + 1));
        }

        return left;
    }

    private Expression ParseUnary()
    {
        if (TakeOperator("!", "not"))
        {
            if (++_depth > MaxDepth)
            {
                throw Error("An expression is nested too deeply");
            }

            var operand = ParseUnary();
            _depth--;
            return new NotExpression(operand);
        }

        SkipBlanks();
        if (!Take('('))
        {
            return ParseOperand();
        }

        var inner = ParseExpression();
        Expect(')');
        return inner;
    }

    private Expression ParseOperand()
    {
        SkipBlanks();
        switch (Current)
        {
            case '$':
                return TryReference(out _) ?? throw Error("A reference is not complete");
            case '"' or '\'':
                return ParseText();
            case '[':
                return ParseList();
            case '{':
                return ParseMap();
            case '-' or (>= '0' and <= '9'):
                return ParseNumber();
        }

        return TakeWord("true") ? new Literal(true)
            : TakeWord("false") ? new Literal(false)
            : throw Error(_at < source.Length ? $"'{Current}' is not expected" : "The template ends in an expression");
    }

    private Expression ParseText()
    {
        var quote = source[_at++];
        var text = new StringBuilder();
        while (true)
        {
            if (_at >= source.Length)
            {
                throw Error("A text is not closed");
            }

            var c = source[_at++];
            if (c != quote)
            {
                text.Append(c);
            }
            else if (!Take(quote))
            {
                break;
            }
            else
            {
                text.Append(quote);
            }
        }

        var content = text.ToString();
        return quote == '"' && content.AsSpan().ContainsAny('$', '#')
            ? new InterpolatedText(new VelocityParser(content) { _depth = _depth, _fresh = false }.ParseTemplate())
            : new Literal(content);
    }

    private Expression ParseList()
    {
        _at++;
        var items = new List<Expression>();
        SkipBlanks();
        while (!Take(']'))
        {
            if (items.Count > 0)
            {
                Expect(',');
            }

            items.Add(ParseExpression());
            SkipBlanks();
            if (items.Count == 1 && source.AsSpan(_at).StartsWith(".."))
            {
                _at += 2;
                var to = ParseExpression();
                Expect(']');
                return new RangeExpression(items[0], to);
            }
        }

        return new ListExpression(items);
    }

    private MapExpression ParseMap()
    {
        _at++;
        var entries = new List<(Expression, Expression)>();
        SkipBlanks();
        while (!Take('}'))
        {
            if (entries.Count > 0)
            {
                Expect(',');
            }

            var key = ParseExpression();
            Expect(':');
            entries.Add((key, ParseExpression()));
            SkipBlanks();
        }

        return new MapExpression(entries);
    }

    private Literal ParseNumber()
    {
        var start = _at;
        Take('-');
        SkipDigits();
        var whole = true;
        if (Current == '.' && _at + 1 < source.Length && char.IsAsciiDigit(source[_at + 1]))
        {
            whole = false;
            _at++;
            SkipDigits();
        }

        if (Current is 'e' or 'E')
        {
            whole = false;
            _at++;
            _ = Take('-') || Take('+');
            SkipDigits();
        }

        var text = source.AsSpan(start, _at - start);
        if (whole && long.TryParse(text, CultureInfo.InvariantCulture, out var number))
        {
            return new Literal(number);
        }

        if (whole && text.Length < 100 && BigInteger.TryParse(text, CultureInfo.InvariantCulture, out var big))
        {
            return new Literal(big);
        }

        return double.TryParse(text, CultureInfo.InvariantCulture, out var fraction) ? new Literal(fraction) : throw Error("A number is not complete");
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Current))
        {
            _at++;
        }
    }

    private string? ReadName()
    {
        var start = _at;
        while (_at < source.Length && IsNameCharacter(source[_at], _at == start))
        {
            _at++;
        }

        return _at > start ? source[start.._at] : null;
    }

    private void SkipBlanks(bool lines = true)
    {
        while (_at < source.Length && (source[_at] is ' ' or '\t' || (lines && source[_at] is '\r' or '\n')))
        {
            _at++;
        }
    }

    private bool Take(char c)
    {
        if (Current != c || _at >= source.Length)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Expect(char c)
    {
        SkipBlanks();
        if (!Take(c))
        {
            throw Error($"'{c}' is missing");
        }
    }

    private bool TakeOperator(string sign, string word)
    {
        SkipBlanks();
        if (source.AsSpan(_at).StartsWith(sign, StringComparison.Ordinal) && !(sign == "!" && source.AsSpan(_at).StartsWith("!=", StringComparison.Ordinal)))
        {
            _at += sign.Length;
            return true;
        }

        return word.Length > 0 && TakeWord(word);
    }

    private bool TakeWord(string word)
    {
        var end = _at + word.Length;
        if (!source.AsSpan(_at).StartsWith(word, StringComparison.Ordinal) || (end < source.Length && IsNameCharacter(source[end], first: false)))
        {
            return false;
        }

        _at = end;
        return true;
    }
}
