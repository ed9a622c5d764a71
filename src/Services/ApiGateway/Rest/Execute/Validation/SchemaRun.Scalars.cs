using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Haneul.ApiGateway.Rest.Execute.Validation;

/// <content>Texts and numbers.</content>
internal sealed partial class SchemaRun
{
    private static readonly string[] s_dates = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    private void CheckText(JsonElement schema, string text)
    {
        var length = text.EnumerateRunes().Count();
        if (Int(schema, "minLength") is { } min && length < min)
        {
            Fail($"string {Quote(Short(text))} is too short (length: {length}, required minimum: {min})");
        }

        if (Int(schema, "maxLength") is { } max && length > max)
        {
            Fail($"string {Quote(Short(text))} is too long (length: {length}, maximum allowed: {max})");
        }

        if (schema.TryGetProperty("pattern", out var pattern) && pattern.ValueKind == JsonValueKind.String && !SchemaPatterns.IsMatch(pattern.GetString()!, text))
        {
            Fail($"ECMA 262 regex {Quote(pattern.GetString()!)} does not match input string {Quote(Short(text))}");
        }

        if (schema.TryGetProperty("format", out var format) && format.ValueKind == JsonValueKind.String && !HasFormat(format.GetString()!, text))
        {
            Fail($"string {Quote(Short(text))} is invalid against requested format {Quote(format.GetString()!)}");
        }
    }

    private void CheckNumber(JsonElement schema, JsonElement value)
    {
        if (Number(schema, "minimum") is { } min && Compare(value, min) is var below && (below < 0 || (below == 0 && Is(schema, "exclusiveMinimum"))))
        {
            Fail(Is(schema, "exclusiveMinimum")
                ? $"numeric instance is not strictly greater than the required minimum {min.GetRawText()}"
                : $"numeric instance is lower than the required minimum (minimum: {min.GetRawText()}, found: {Short(value)})");
        }

        if (Number(schema, "maximum") is { } max && Compare(value, max) is var above && (above > 0 || (above == 0 && Is(schema, "exclusiveMaximum"))))
        {
            Fail(Is(schema, "exclusiveMaximum")
                ? $"numeric instance is not strictly lower than the required maximum {max.GetRawText()}"
                : $"numeric instance is greater than the required maximum (maximum: {max.GetRawText()}, found: {Short(value)})");
        }

        if (Number(schema, "multipleOf") is { } divisor && !IsMultiple(value, divisor))
        {
            Fail($"remainder of division is not zero ({Short(value)} / {divisor.GetRawText()})");
        }
    }

    private static int Compare(JsonElement a, JsonElement b) =>
        a.TryGetDecimal(out var x) && b.TryGetDecimal(out var y) ? x.CompareTo(y) : a.GetDouble().CompareTo(b.GetDouble());

    private static bool IsMultiple(JsonElement value, JsonElement divisor)
    {
        if (value.TryGetDecimal(out var x) && divisor.TryGetDecimal(out var y))
        {
            return y == 0 || x % y == 0;
        }

        var by = divisor.GetDouble();
        return by == 0 || Math.IEEERemainder(value.GetDouble(), by) == 0;
    }

    private static JsonElement? Number(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value : null;

    private static bool Is(JsonElement schema, string name) => schema.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    // Formats that nobody defines say nothing.
    private static bool HasFormat(string format, string text) => format switch
    {
        "date-time" => DateTimeOffset.TryParseExact(text, s_dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out _) && text.Length > 19 && !char.IsAsciiDigit(text[19]),
        "email" => text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at == text.LastIndexOf('@') && at < text.Length - 1 && !text.Any(char.IsWhiteSpace),
        "ipv4" => IPAddress.TryParse(text, out var four) && four.AddressFamily == AddressFamily.InterNetwork && text.Count(c => c == '.') == 3,
        "ipv6" => IPAddress.TryParse(text, out var six) && six.AddressFamily == AddressFamily.InterNetworkV6 && !text.Contains('%', StringComparison.Ordinal),
        "uri" => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _) && !text.Any(char.IsWhiteSpace),
        "hostname" => text.Length is > 0 and <= 255 && text.Split('.').All(label => label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-'
            && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')),
        "regex" => SchemaPatterns.IsPattern(text),
        _ => true,
    };

    private static string Short(string text) => text.Length <= 256 ? text : text[..256] + "...";
}
