using System.Globalization;
using System.Text.Json;

namespace Haneul.Integration.Patterns;

/// <summary>One rule for a value: the value itself, or an object with an operator.</summary>
internal abstract record PatternRule
{
    /// <summary>Whether the rule holds for a field that is not there.</summary>
    public virtual bool MatchesAbsence => false;

    public abstract bool Matches(JsonElement value);

    /// <exception cref="FormatException">This is no rule.</exception>
    public static PatternRule Read(JsonElement json, bool numbersInTexts)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Exactly(json);
        }

        var (name, argument) = Operator(json);
        return name switch
        {
            "exists" when argument.ValueKind is JsonValueKind.True or JsonValueKind.False => new Exists(argument.GetBoolean()),
            "prefix" or "suffix" or "equals-ignore-case" => OfText(name, argument),
            "anything-but" => new AnythingBut(ReadExcluded(argument)),
            "numeric" => Numeric.ReadComparisons(argument, numbersInTexts),
            _ => throw new FormatException($"There is no operator {name}."),
        };
    }

    private static (string Name, JsonElement Argument) Operator(JsonElement json)
    {
        var fields = json.EnumerateObject().ToArray();
        return fields.Length == 1 ? (fields[0].Name, fields[0].Value) : throw new FormatException("A rule has one operator.");
    }

    private static PatternRule Exactly(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => new TextIs("", json.GetString()!),
        JsonValueKind.Number => new NumberIs(ReadNumber(json)),
        JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null => new LiteralIs(json.ValueKind),
        _ => throw new FormatException("A list is no rule."),
    };

    private static TextIs OfText(string name, JsonElement argument)
    {
        // {"prefix": {"equals-ignore-case": "a"}}
        if (argument.ValueKind == JsonValueKind.Object && name != "equals-ignore-case")
        {
            (var inner, argument) = Operator(argument);
            name = inner == "equals-ignore-case" ? name + "-ignore-case" : throw new FormatException($"There is no {inner} in {name}.");
        }

        return argument.ValueKind == JsonValueKind.String
            ? new TextIs(name, argument.GetString()!)
            : throw new FormatException($"{name} takes a text.");
    }

    private static PatternRule[] ReadExcluded(JsonElement argument)
    {
        switch (argument.ValueKind)
        {
            case JsonValueKind.Array when argument.GetArrayLength() > 0:
                return [.. argument.EnumerateArray().Select(Exactly)];
            case JsonValueKind.Object:
                var (name, inner) = Operator(argument);
                if (name is not ("prefix" or "suffix" or "equals-ignore-case"))
                {
                    throw new FormatException($"anything-but does not take {name}.");
                }

                return inner.ValueKind == JsonValueKind.Array && inner.GetArrayLength() > 0
                    ? [.. inner.EnumerateArray().Select(text => OfText(name, text))]
                    : [OfText(name, inner)];
            default:
                return [Exactly(argument)];
        }
    }

    private static double ReadNumber(JsonElement json) =>
        json.ValueKind == JsonValueKind.Number ? json.GetDouble() : throw new FormatException("A number is missing.");

    private sealed record LiteralIs(JsonValueKind Kind) : PatternRule
    {
        public override bool Matches(JsonElement value) => value.ValueKind == Kind;
    }

    private sealed record NumberIs(double Number) : PatternRule
    {
        public override bool Matches(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.GetDouble().Equals(Number);
    }

    private sealed record TextIs(string How, string Text) : PatternRule
    {
        public override bool Matches(JsonElement value) =>
            value.ValueKind == JsonValueKind.String && value.GetString() is { } text && How switch
        {
            "prefix" => text.StartsWith(Text, StringComparison.Ordinal),
            "prefix-ignore-case" => text.StartsWith(Text, StringComparison.OrdinalIgnoreCase),
            "suffix" => text.EndsWith(Text, StringComparison.Ordinal),
            "suffix-ignore-case" => text.EndsWith(Text, StringComparison.OrdinalIgnoreCase),
            "equals-ignore-case" => text.Equals(Text, StringComparison.OrdinalIgnoreCase),
            _ => text == Text,
        };
    }

    private sealed record Exists(bool Wanted) : PatternRule
    {
        public override bool MatchesAbsence => !Wanted;

        public override bool Matches(JsonElement value) => Wanted;
    }

    private sealed record AnythingBut(PatternRule[] Excluded) : PatternRule
    {
        public override bool Matches(JsonElement value) => !Array.Exists(Excluded, rule => rule.Matches(value));
    }

    /// <summary>Comparisons that all have to hold, such as <c>[">", 0, "&lt;=", 10]</c>.</summary>
    private sealed record Numeric((string Operator, double Bound)[] Comparisons, bool InTexts) : PatternRule
    {
        // AWS's limits of numbers in rules.
        private const double Max = 5e9;

        public static Numeric ReadComparisons(JsonElement argument, bool inTexts)
        {
            if (argument.ValueKind != JsonValueKind.Array || argument.GetArrayLength() is not (2 or 4))
            {
                throw new FormatException("numeric takes one or two comparisons.");
            }

            var comparisons = new List<(string, double)>();
            for (var i = 0; i < argument.GetArrayLength(); i += 2)
            {
                var comparison = argument[i].GetString();
                var bound = ReadNumber(argument[i + 1]);
                if (comparison is not ("=" or "<" or "<=" or ">" or ">=") || Math.Abs(bound) > Max)
                {
                    throw new FormatException("A comparison has an operator and a number.");
                }

                comparisons.Add((comparison, bound));
            }

            return new Numeric([.. comparisons], inTexts);
        }

        public override bool Matches(JsonElement value)
        {
            double number;
            if (value.ValueKind == JsonValueKind.Number)
            {
                number = value.GetDouble();
            }
            else if (!InTexts || value.ValueKind != JsonValueKind.String
                || !double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number))
            {
                return false;
            }

            return Array.TrueForAll(Comparisons, comparison => comparison.Operator switch
            {
                "=" => number.Equals(comparison.Bound),
                "<" => number < comparison.Bound,
                "<=" => number <= comparison.Bound,
                ">" => number > comparison.Bound,
                _ => number >= comparison.Bound,
            });
        }
    }
}
