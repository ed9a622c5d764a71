using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Haneul.ApiGateway.Velocity.Values;

/// <summary>Values from JSON and to JSON.</summary>
internal static class JsonText
{
    private const int MaxDepth = 128;

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = MaxDepth };

    /// <exception cref="JsonException">The text is not JSON, or is too deep.</exception>
    public static object? Parse(string text)
    {
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
        return Value(document.RootElement);
    }

    public static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => Map(element),
        JsonValueKind.Array => new VelocityList([.. element.EnumerateArray().Select(Value)], isJson: true),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => Number(element.GetRawText()),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>Without white space.</summary>
    public static string Of(object? value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            Write(writer, value, 0);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static VelocityMap Map(JsonElement element)
    {
        var map = new VelocityMap();
        foreach (var property in element.EnumerateObject())
        {
            map[property.Name] = Value(property.Value);
        }

        return map;
    }

    private static object Number(string text)
    {
        if (!text.AsSpan().ContainsAny('.', 'e', 'E'))
        {
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                ? whole
                : BigInteger.Parse(text.Length > 1000 ? "0" : text, CultureInfo.InvariantCulture);
        }

        return double.Parse(text, CultureInfo.InvariantCulture);
    }

    private static void Write(Utf8JsonWriter writer, object? value, int depth)
    {
        if (depth >= MaxDepth)
        {
            throw new VelocityException("A value is too deep to be written.");
        }

        switch (value)
        {
            case VelocityMap map:
                writer.WriteStartObject();
                foreach (var (name, item) in map.Entries)
                {
                    writer.WritePropertyName(name);
                    Write(writer, item, depth + 1);
                }

                writer.WriteEndObject();
                break;
            case VelocityList list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                {
                    Write(writer, item, depth + 1);
                }

                writer.WriteEndArray();
                break;
            case null:
                writer.WriteNullValue();
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case long or BigInteger or double:
                writer.WriteRawValue(JavaText.Of(value), skipInputValidation: true);
                break;
            default:
                writer.WriteStringValue(JavaText.Of(value));
                break;
        }
    }
}
