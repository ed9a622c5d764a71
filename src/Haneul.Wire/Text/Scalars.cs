using System.Globalization;
using Haneul.Kernel.Shapes;

namespace Haneul.Wire.Text;

/// <summary>Numbers, truth values and blobs as text: in queries, headers, paths and XML.</summary>
internal static class Scalars
{
    public static bool Boolean(string text) => text switch
    {
        "true" or "True" or "TRUE" or "1" => true,
        "false" or "False" or "FALSE" or "0" => false,
        _ => throw Bad(text, "Boolean"),
    };

    public static int Integer(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : throw Bad(text, "Integer");

    public static long Long(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : throw Bad(text, "Long");

    public static double Double(string text) => text switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw Bad(text, "Double"),
    };

    public static byte[] Blob(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException exception)
        {
            throw new WireFormatException("Value is not valid base64.", exception);
        }
    }

    public static string Text(double value) => value switch
    {
        double.NaN => "NaN",
        double.PositiveInfinity => "Infinity",
        double.NegativeInfinity => "-Infinity",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    // A float has fewer digits than the double nearest to it.
    public static string Text(float value) => float.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : Text((double)value);

    private static WireFormatException Bad(string text, string type) =>
        new($"'{(text.Length > 64 ? text[..64] : text)}' can not be converted to {type}");
}
