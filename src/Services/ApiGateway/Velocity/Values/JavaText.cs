using System.Globalization;
using System.Numerics;
using System.Text;

namespace Haneul.ApiGateway.Velocity.Values;

/// <summary>Values as Java's <c>toString</c> writes them.</summary>
internal static class JavaText
{
    private const int MaxDepth = 64;
    private const int MaxLength = 10 * 1024 * 1024;

    public static string Of(object? value)
    {
        switch (value)
        {
            case string text:
                return text;
            case VelocityMap or VelocityList or VelocityEntry:
                var text2 = new StringBuilder();
                Append(text2, value, 0);
                return text2.ToString();
            default:
                return Scalar(value);
        }
    }

    /// <summary>As <c>Double.toString</c>: <c>1.0</c>, <c>1.0E8</c>, <c>1.2E-4</c>.</summary>
    public static string Of(double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        }

        var size = Math.Abs(value);
        if (size is 0 or (>= 1e-3 and < 1e7))
        {
            var plain = value.ToString("0.0################################", CultureInfo.InvariantCulture);
            return value == 0 && double.IsNegative(value) ? "-0.0" : Shortest(value, plain);
        }

        var text = value.ToString("E16", CultureInfo.InvariantCulture);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var digits = new string([.. shortest.TakeWhile(c => c is not 'E').Where(char.IsAsciiDigit)]).TrimStart('0').TrimEnd('0');
        var exponent = int.Parse(text[(text.IndexOf('E', StringComparison.Ordinal) + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var sign = value < 0 ? "-" : "";
        return $"{sign}{digits[0]}.{(digits.Length > 1 ? digits[1..] : "0")}E{exponent.ToString(CultureInfo.InvariantCulture)}";
    }

    private static string Shortest(double value, string plain)
    {
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        return shortest.Contains('E', StringComparison.Ordinal) ? plain : shortest.Contains('.', StringComparison.Ordinal) ? shortest : shortest + ".0";
    }

    private static string Scalar(object? value) => value switch
    {
        null => "null",
        VelocityNothing => "",
        bool truth => truth ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        BigInteger big => big.ToString(CultureInfo.InvariantCulture),
        double number => Of(number),
        string text => text,
        _ => "",
    };

    private static void Append(StringBuilder text, object? value, int depth)
    {
        if (depth > MaxDepth || text.Length > MaxLength)
        {
            throw new VelocityException("A value is too deep or too long to be written.");
        }

        switch (value)
        {
            case VelocityList { IsJson: true } list:
                text.Append(JsonText.Of(list));
                break;
            case VelocityList list:
                AppendAll(text, '[', list.Items, ']', (item, _) => Append(text, item, depth + 1));
                break;
            case VelocityMap map:
                AppendAll(text, '{', map.Entries, '}', (entry, _) => AppendEntry(text, entry.Key, entry.Value, depth));
                break;
            case VelocityEntry entry:
                AppendEntry(text, entry.Key, entry.Value, depth);
                break;
            default:
                text.Append(Scalar(value));
                break;
        }
    }

    private static void AppendEntry(StringBuilder text, string key, object? value, int depth)
    {
        text.Append(key).Append('=');
        Append(text, value, depth + 1);
    }

    private static void AppendAll<T>(StringBuilder text, char open, IEnumerable<T> items, char close, Action<T, int> append)
    {
        text.Append(open);
        var count = 0;
        foreach (var item in items)
        {
            if (count > 0)
            {
                text.Append(", ");
            }

            append(item, count++);
        }

        text.Append(close);
    }
}
