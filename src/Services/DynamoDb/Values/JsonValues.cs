using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Haneul.Kernel.Shapes;

namespace Haneul.DynamoDb.Values;

/// <summary>
/// The wire's JSON to the compact form, in one pass; <see cref="JsonValueWriter"/> is the way back. What is not JSON of the right shape throws;
/// what has the shape and is no legal value is noted in the writer.
/// </summary>
internal static class JsonValues
{
    /// <param name="json">Stands on the beginning of an object.</param>
    /// <param name="writer">Gets the payload of a map.</param>
    /// <param name="depth">How many maps and lists the map is inside of.</param>
    /// <param name="invalid">The first name whose value is not legal.</param>
    public static void ReadMap(ref Utf8JsonReader json, ValueWriter writer, int depth, out string? invalid)
    {
        invalid = null;
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw Unexpected(ref json, "map");
        }

        var map = writer.Begin();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (IsNull(json))
            {
                json.Read();
                continue;
            }

            writer.Entry();
            Text(ref json, writer);
            var was = writer.Invalid;
            var name = depth == 0 && was is null ? json : default;
            json.Read();
            ReadValue(ref json, writer, depth);
            if (depth == 0 && was is null && writer.Invalid is not null)
            {
                invalid = Text(ref name);
            }
        }

        writer.EndMap(map);
    }

    /// <param name="json">Stands on the beginning of the object that names the type.</param>
    /// <param name="writer">Gets the value.</param>
    /// <param name="depth">How many maps and lists the value is inside of.</param>
    public static void ReadValue(ref Utf8JsonReader json, ValueWriter writer, int depth)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw json.TokenType is JsonTokenType.StartArray
                ? new WireFormatException("Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue")
                : new WireFormatException("Unexpected value type in payload");
        }

        var values = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var known = ValueKinds.TryParse(json.ValueSpan, out var kind);
            json.Read();
            if (json.TokenType == JsonTokenType.Null)
            {
                continue;
            }

            if (!known)
            {
                json.Skip();
            }
            else if (values++ == 0)
            {
                ReadTyped(ref json, writer, kind, depth);
            }
            else
            {
                writer.Fail(ValueMessages.SeveralTypes);
                json.Skip();
            }
        }

        if (values == 0)
        {
            writer.Fail(ValueMessages.NoType);
            writer.Kind(ValueKind.Null);
        }
    }

    private static void ReadTyped(ref Utf8JsonReader json, ValueWriter writer, ValueKind kind, int depth)
    {
        switch (kind)
        {
            case ValueKind.String:
                Expect(ref json, JsonTokenType.String, "String");
                writer.Kind(kind);
                Text(ref json, writer);
                break;
            case ValueKind.Number:
                Expect(ref json, JsonTokenType.String, "String");
                writer.Kind(kind);
                Number(ref json, writer);
                break;
            case ValueKind.Binary:
                writer.Kind(kind);
                Binary(ref json, writer);
                break;
            case ValueKind.Null or ValueKind.True:
                if (json.TokenType is not (JsonTokenType.True or JsonTokenType.False))
                {
                    throw Unexpected(ref json, "Boolean");
                }

                ValueMessages.Flag(writer, kind, json.TokenType == JsonTokenType.True);
                break;
            case ValueKind.Map:
                ValueMessages.CheckDepth(writer, depth);
                writer.Kind(kind);
                var start = writer.Open();
                ReadMap(ref json, writer, depth + 1, out _);
                writer.Close(start);
                break;
            case ValueKind.List:
                ValueMessages.CheckDepth(writer, depth);
                writer.Kind(kind);
                ReadList(ref json, writer, depth + 1);
                break;
            default:
                ReadSet(ref json, writer, kind);
                break;
        }
    }

    private static void ReadList(ref Utf8JsonReader json, ValueWriter writer, int depth)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            throw Unexpected(ref json, "list");
        }

        var start = writer.Open();
        var list = writer.Begin();
        var count = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType == JsonTokenType.Null)
            {
                continue;
            }

            ReadValue(ref json, writer, depth);
            count++;
        }

        writer.EndList(list, count);
        writer.Close(start);
    }

    private static void ReadSet(ref Utf8JsonReader json, ValueWriter writer, ValueKind kind)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            throw Unexpected(ref json, "list");
        }

        writer.Kind(kind);
        var start = writer.Open();
        var set = writer.Begin();
        List<string>? shown = null;
        var before = json;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            writer.Entry();
            switch (kind)
            {
                case ValueKind.StringSet:
                    Expect(ref json, JsonTokenType.String, "String");
                    Text(ref json, writer);
                    break;
                case ValueKind.NumberSet:
                    Expect(ref json, JsonTokenType.String, "String");
                    Number(ref json, writer);
                    break;
                default:
                    Binary(ref json, writer);
                    break;
            }
        }

        var distinct = writer.EndSet(set, kind);
        writer.Close(start);
        if (!distinct)
        {
            shown = [];
            while (before.Read() && before.TokenType != JsonTokenType.EndArray)
            {
                shown.Add(Text(ref before));
            }
        }

        ValueMessages.CheckSet(writer, kind, start, shown);
    }

    private static void Text(ref Utf8JsonReader json, ValueWriter writer)
    {
        var raw = json.ValueSpan;
        if (!json.ValueIsEscaped)
        {
            if (!Utf8.IsValid(raw))
            {
                throw new WireFormatException("The string is not valid UTF-8.");
            }

            writer.Bytes(raw);
            return;
        }

        var start = writer.Open();
        try
        {
            writer.Advance(json.CopyString(writer.Reserve(raw.Length)));
        }
        catch (InvalidOperationException exception)
        {
            throw new WireFormatException("The string is not valid UTF-8.", exception);
        }

        writer.Close(start);
    }

    // An escaped half of a surrogate is JSON by grammar, and no text.
    private static string Text(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new WireFormatException("The string is not valid UTF-8.", exception);
        }
    }

    private static void Number(ref Utf8JsonReader json, ValueWriter writer)
    {
        if (!json.ValueIsEscaped)
        {
            ValueMessages.Number(writer, json.ValueSpan);
            return;
        }

        ValueMessages.Number(writer, Encoding.UTF8.GetBytes(Text(ref json)));
    }

    private static void Binary(ref Utf8JsonReader json, ValueWriter writer)
    {
        if (json.TokenType != JsonTokenType.String)
        {
            throw json.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject
                ? Unexpected(ref json, "Blob")
                : new WireFormatException("only base-64-encoded strings are convertible to bytes");
        }

        var raw = json.ValueSpan;
        if (json.ValueIsEscaped)
        {
            raw = Encoding.UTF8.GetBytes(Text(ref json));
        }

        if (raw.Length % 4 != 0)
        {
            throw new WireFormatException(
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Base64 encoded length is expected a multiple of 4 bytes but found: {raw.Length}"));
        }

        var start = writer.Open();
        var room = writer.Reserve(Base64.GetMaxDecodedFromUtf8Length(raw.Length));
        if (Base64.DecodeFromUtf8(raw, room, out var read, out var written) != System.Buffers.OperationStatus.Done || read != raw.Length)
        {
            throw new WireFormatException("Invalid last non-pad Base64 character dectected");
        }

        writer.Advance(written);
        writer.Close(start);
    }

    private static bool IsNull(Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.Null;

    private static void Expect(ref Utf8JsonReader json, JsonTokenType token, string type)
    {
        if (json.TokenType != token)
        {
            throw Unexpected(ref json, type);
        }
    }

    // The words of AWS's own parser.
    private static WireFormatException Unexpected(ref Utf8JsonReader json, string type) => new(json.TokenType switch
    {
        JsonTokenType.StartArray when type is "map" =>
            "Unrecognized collection type java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>",
        JsonTokenType.StartArray => "Unrecognized collection type class java.lang." + type,
        JsonTokenType.StartObject => "Start of structure or map found where not expected",
        _ when type is "list" or "map" => "Unexpected field type",
        JsonTokenType.String => "Unexpected token received from parser",
        JsonTokenType.Number => (json.TryGetInt64(out _) ? "NUMBER_VALUE" : "DECIMAL_VALUE") + " cannot be converted to " + type,
        JsonTokenType.True => "TRUE_VALUE cannot be converted to " + type,
        JsonTokenType.False => "FALSE_VALUE cannot be converted to " + type,
        _ => "Unexpected token",
    });
}
