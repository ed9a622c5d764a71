namespace Haneul.ApiGateway.Velocity.Values;

/// <summary>The methods of numbers and booleans.</summary>
internal static class NumberMethods
{
    public static object? Invoke(object value, string method, object?[] arguments) => (method, arguments) switch
    {
        ("intValue" or "longValue" or "shortValue" or "byteValue", []) => value is double number ? (long)number : JavaNumbers.IsNumber(value) ? value : null,
        ("doubleValue" or "floatValue", []) => JavaNumbers.Double(value),
        ("booleanValue", []) => value is bool ? value : null,
        ("compareTo", [var other]) => JavaNumbers.Compare(value, other) is { } order ? (long)order : null,
        ("isNaN", []) => value is double.NaN,
        ("isInfinite", []) => value is double number && double.IsInfinity(number),

        // The static methods of Integer and its kin, called through a number: $n.parseInt("5").
        ("parseInt" or "parseLong" or "valueOf", [string text]) =>
            long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var parsed)
                ? parsed
                : throw new VelocityException($"For input string: \"{text}\""),
        ("parseDouble" or "parseFloat", [string text]) =>
            double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var parsed)
                ? parsed
                : throw new VelocityException($"For input string: \"{text}\""),
        _ => null,
    };
}
