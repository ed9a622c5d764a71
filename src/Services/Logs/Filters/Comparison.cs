using System.Globalization;
using System.Text.Json;

namespace Haneul.Logs.Filters;

/// <summary>One comparison of a pattern: an operator and a value, which is a number or text.</summary>
internal sealed class Comparison
{
    private static readonly string[] s_operators = ["!=", ">=", "<=", "=", ">", "<"];

    private readonly string _operator;
    private readonly double? _number;
    private readonly TextMatch? _text;

    private Comparison(string op, double? number, TextMatch? text)
    {
        _operator = op;
        _number = number;
        _text = text;
    }

    /// <exception cref="FormatException">There is no comparison here.</exception>
    public static Comparison Parse(PatternText reader, string ends)
    {
        var op = Array.Find(s_operators, reader.Take) ?? throw reader.Wrong("a comparison was expected");
        TextMatch? text = null;
        double? number = null;
        switch (reader.Peek)
        {
            case '"':
                text = new TextMatch(reader.Quoted());
                break;
            case '%':
                text = TextMatch.OfExpression(reader.Expression());
                break;
            default:
                var bare = reader.Bare(ends);
                if (double.TryParse(bare, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
                {
                    number = value;
                }

                text = new TextMatch(bare);
                break;
        }

        return op is "=" or "!=" || number is not null ? new Comparison(op, number, text) : throw reader.Wrong($"'{op}' compares numbers");
    }

    public bool Holds(string value)
    {
        if (_number is { } wanted && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return Holds(number, wanted);
        }

        return _operator switch
        {
            "=" => _text!.IsMatch(value),
            "!=" => !_text!.IsMatch(value),
            _ => false,
        };
    }

    public bool Holds(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Holds(value.GetString()!),
        JsonValueKind.Number when _number is { } wanted => Holds(value.GetDouble(), wanted),
        JsonValueKind.Number => Holds(value.GetRawText()),
        JsonValueKind.True or JsonValueKind.False => Holds(value.GetRawText()),
        _ => false,
    };

    private bool Holds(double value, double wanted) => _operator switch
    {
        "=" => value == wanted,
        "!=" => value != wanted,
        ">" => value > wanted,
        "<" => value < wanted,
        ">=" => value >= wanted,
        _ => value <= wanted,
    };
}
