using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Haneul.ApiGateway.Velocity.Values;

namespace Haneul.ApiGateway.Velocity.Paths;

/// <summary>Reads a JSONPath expression.</summary>
internal sealed class JsonPathParser(string text)
{
    private const int MaxLength = 4096;
    private const int MaxDepth = 32;

    private static readonly string[] s_operations =
        ["==", "!=", "<=", ">=", "=~", "<", ">", "in", "nin", "contains", "subsetof", "anyof", "noneof", "size", "empty"];

    private int _at;
    private int _depth;

    private char Current => _at < text.Length ? text[_at] : '\0';

    public JsonPath Parse()
    {
        if (text.Length > MaxLength)
        {
            throw Error("is too long");
        }

        // A path without a root begins at it.
        SkipBlanks();
        if (Current != '$')
        {
            return new JsonPathParser("$." + text[_at..]).Parse();
        }

        var path = ParsePath();
        SkipBlanks();
        return _at == text.Length ? path : throw Error($"has a '{Current}' that is not expected");
    }

    private JsonPath ParsePath()
    {
        if (++_depth > MaxDepth)
        {
            throw Error("is nested too deeply");
        }

        var fromRoot = text[_at++] == '$';
        var steps = new List<PathStep>();
        while (true)
        {
            if (Current == '[')
            {
                _at++;
                steps.Add(ParseBracket());
            }
            else if (Current == '.')
            {
                _at++;
                if (Current == '.')
                {
                    _at++;
                    steps.Add(new DeepStep());
                    if (Current == '[')
                    {
                        continue;
                    }
                }
                else if (Current == '[')
                {
                    continue;
                }

                steps.Add(ParseName());
            }
            else
            {
                _depth--;
                return new JsonPath(steps, fromRoot);
            }
        }
    }

    private PathStep ParseName()
    {
        if (Current == '*')
        {
            _at++;
            return new WildcardStep();
        }

        var start = _at;
        while (_at < text.Length && !".[]() ,=!<>&|'\"".Contains(text[_at], StringComparison.Ordinal))
        {
            _at++;
        }

        if (_at == start)
        {
            throw Error("has a dot with no name behind it");
        }

        var name = text[start.._at];
        if (Current == '(' && FunctionStep.Exists(name))
        {
            _at++;
            Expect(')');
            return new FunctionStep(name);
        }

        return new NameStep([name]);
    }

    private PathStep ParseBracket()
    {
        SkipBlanks();
        PathStep step;
        switch (Current)
        {
            case '*':
                _at++;
                step = new WildcardStep();
                break;
            case '?':
                _at++;
                SkipBlanks();
                step = new FilterStep(ParseFilter());
                break;
            case '\'' or '"':
                step = new NameStep(ParseAll(ParseText));
                break;
            default:
                step = ParseIndexes();
                break;
        }

        Expect(']');
        return step;
    }

    private PathStep ParseIndexes()
    {
        var first = ParseWhole();
        SkipBlanks();
        if (Current == ':')
        {
            _at++;
            return new SliceStep(first, ParseWhole());
        }

        List<long> indexes = [first ?? throw Error("has brackets with nothing in them")];
        while (Current == ',')
        {
            _at++;
            indexes.Add(ParseWhole() ?? throw Error("has no index behind a comma"));
            SkipBlanks();
        }

        return new IndexStep(indexes);
    }

    private PathFilter ParseFilter()
    {
        if (++_depth > MaxDepth)
        {
            throw Error("is nested too deeply");
        }

        var left = ParseAnd();
        while (Take("||"))
        {
            left = new BothFilter(left, and: false, ParseAnd());
        }

        _depth--;
        return left;
    }

    private PathFilter ParseAnd()
    {
        var left = ParseTerm();
        while (Take("&&"))
        {
            left = new BothFilter(left, and: true, ParseTerm());
        }

        return left;
    }

    private PathFilter ParseTerm()
    {
        SkipBlanks();
        if (Current == '!')
        {
            _at++;
            if (++_depth > MaxDepth)
            {
                throw Error("is nested too deeply");
            }

            var inner = ParseTerm();
            _depth--;
            return new NotFilter(inner);
        }

        if (Current == '(')
        {
            _at++;
            var inner = ParseFilter();
            Expect(')');
            return inner;
        }

        var left = ParseOperand();
        var operation = Array.Find(s_operations, Take);
        if (operation is not null)
        {
            return new CompareFilter(left, operation, ParseOperand());
        }

        return left.IsPath ? new ExistsFilter(left) : throw Error("has a filter that compares nothing");
    }

    private PathOperand ParseOperand()
    {
        SkipBlanks();
        switch (Current)
        {
            case '@' or '$':
                return new PathOperand(null, ParsePath());
            case '\'' or '"':
                return new PathOperand(ParseText(), null);
            case '/':
                return new PathOperand(ParsePattern(), null);
            case '[':
                _at++;
                SkipBlanks();
                var items = Current == ']' ? [] : ParseAll(() => ParseOperand().Value(null, null));
                Expect(']');
                return new PathOperand(new VelocityList(items, isJson: true), null);
        }

        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '-' or '+' or '.'))
        {
            _at++;
        }

        object? constant = text[start.._at] switch
        {
            "true" => true,
            "false" => false,
            "null" => null,
            var number when long.TryParse(number, CultureInfo.InvariantCulture, out var whole) => whole,
            var number when double.TryParse(number, CultureInfo.InvariantCulture, out var fraction) => fraction,
            _ => throw Error("has a filter with no value where one is expected"),
        };
        return new PathOperand(constant, null);
    }

    private List<T> ParseAll<T>(Func<T> parse)
    {
        List<T> all = [parse()];
        SkipBlanks();
        while (Current == ',')
        {
            _at++;
            SkipBlanks();
            all.Add(parse());
            SkipBlanks();
        }

        return all;
    }

    private string ParseText()
    {
        var quote = Current;
        if (quote is not ('\'' or '"'))
        {
            throw Error("has no quoted name where one is expected");
        }

        var value = new StringBuilder();
        for (_at++; _at < text.Length; _at++)
        {
            if (text[_at] == quote)
            {
                _at++;
                return value.ToString();
            }

            if (text[_at] == '\\' && _at + 1 < text.Length)
            {
                _at++;
            }

            value.Append(text[_at]);
        }

        throw Error("has a text that is not closed");
    }

    private Regex ParsePattern()
    {
        var end = text.IndexOf('/', _at + 1);
        if (end < 0)
        {
            throw Error("has a pattern that is not closed");
        }

        var pattern = text[(_at + 1)..end];
        _at = end + 1;
        var options = RegexOptions.CultureInvariant;
        if (Current == 'i')
        {
            _at++;
            options |= RegexOptions.IgnoreCase;
        }

        try
        {
            return new Regex($@"\A(?:{pattern})\z", options, TimeSpan.FromMilliseconds(100));
        }
        catch (ArgumentException)
        {
            throw Error("has a pattern that is not valid");
        }
    }

    private long? ParseWhole()
    {
        SkipBlanks();
        var start = _at;
        while (Current == '-' || char.IsAsciiDigit(Current))
        {
            _at++;
        }

        return _at == start ? null : long.TryParse(text.AsSpan(start, _at - start), CultureInfo.InvariantCulture, out var whole) ? whole
            : throw Error("has an index that is no number");
    }

    private bool Take(string word)
    {
        SkipBlanks();
        if (!text.AsSpan(_at).StartsWith(word, StringComparison.OrdinalIgnoreCase)
            || (char.IsAsciiLetter(word[0]) && _at + word.Length < text.Length && char.IsAsciiLetterOrDigit(text[_at + word.Length])))
        {
            return false;
        }

        _at += word.Length;
        return true;
    }

    private void Expect(char c)
    {
        SkipBlanks();
        if (Current != c)
        {
            throw Error($"needs a '{c}' at {_at}");
        }

        _at++;
    }

    private void SkipBlanks()
    {
        while (Current == ' ')
        {
            _at++;
        }
    }

    private VelocityException Error(string what) => new($"The path {(text.Length > 100 ? text[..100] + "..." : text)} {what}.");
}
