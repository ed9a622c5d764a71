using System.Globalization;
using System.Text.Json;
using Haneul.Kernel.Shapes;
using Haneul.Wire.Text;

namespace Haneul.Wire.Json;

/// <summary>
/// Reads shapes from JSON. The tokenizer of the framework lives on the stack only, so it is put up again at each call from where the last one
/// stopped; that costs a few nanoseconds and no allocation.
/// </summary>
public sealed class JsonShapeReader : ShapeReader
{
    /// <summary>Deep enough for a DynamoDB item of 32 levels, which take three JSON levels each.</summary>
    public const int MaxDepth = 128;

    private readonly ReadOnlyMemory<byte> _json;
    private JsonReaderState _state;
    private int _position;
    private Frame[] _frames = new Frame[8];
    private int _depth;

    /// <param name="json">One JSON object; nothing at all stands for an empty one.</param>
    public JsonShapeReader(ReadOnlyMemory<byte> json)
    {
        _json = json.Span.Trim(" \t\r\n"u8).IsEmpty ? "{}"u8.ToArray() : json;
        _state = new JsonReaderState(new JsonReaderOptions { MaxDepth = MaxDepth });
    }

    public override void BeginStructure(Schema schema)
    {
        var reader = Resume();
        Next(ref reader);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Unexpected(ref reader, "structure");
        }

        Suspend(ref reader);
        Push(schema);
    }

    public override int NextMember()
    {
        ref var frame = ref _frames[_depth - 1];
        var reader = Resume();
        while (true)
        {
            Next(ref reader);
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                Suspend(ref reader);
                _depth--;
                if (_depth == 0)
                {
                    End();
                }

                return -1;
            }

            var index = NameIndex(ref reader, frame.Schema!, frame.Hint);
            if (index >= 0 && frame.Schema!.Members[index].Location == MemberLocation.Body && !IsNull(ref reader))
            {
                frame.Hint = index + 1;
                Suspend(ref reader);
                return index;
            }

            // Unknown members and nulls are passed over, as AWS does; so is a body's copy of what belongs into the path or a header.
            Skip(ref reader);
        }
    }

    public override void BeginList()
    {
        var reader = Resume();
        Next(ref reader);
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Unexpected(ref reader, "list");
        }

        Suspend(ref reader);
    }

    public override bool NextElement()
    {
        var reader = Resume();
        while (true)
        {
            var before = reader;
            Next(ref reader);
            switch (reader.TokenType)
            {
                case JsonTokenType.EndArray:
                    Suspend(ref reader);
                    return false;
                case JsonTokenType.Null:
                    continue;
                default:
                    Suspend(ref before);
                    return true;
            }
        }
    }

    public override void BeginMap()
    {
        var reader = Resume();
        Next(ref reader);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Unexpected(ref reader, "map");
        }

        Suspend(ref reader);
    }

    public override bool NextEntry(out string key)
    {
        var reader = Resume();
        while (true)
        {
            Next(ref reader);
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                Suspend(ref reader);
                key = "";
                return false;
            }

            if (!IsNull(ref reader))
            {
                key = Text(ref reader);
                Suspend(ref reader);
                return true;
            }

            Skip(ref reader);
        }
    }

    public override string ReadString()
    {
        var reader = Resume();
        Next(ref reader);
        if (reader.TokenType != JsonTokenType.String)
        {
            throw Unexpected(ref reader, "String");
        }

        var text = Text(ref reader);
        Suspend(ref reader);
        return text;
    }

    public override bool ReadBoolean()
    {
        var reader = Resume();
        Next(ref reader);
        if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
        {
            throw Unexpected(ref reader, "Boolean");
        }

        Suspend(ref reader);
        return reader.TokenType == JsonTokenType.True;
    }

    public override int ReadInteger()
    {
        var value = ReadLong("Integer");
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw new WireFormatException("NUMBER_VALUE cannot be converted to Integer");
    }

    public override long ReadLong() => ReadLong("Long");

    public override double ReadDouble()
    {
        var reader = Resume();
        Next(ref reader);
        double value;
        if (reader.TokenType == JsonTokenType.String)
        {
            value = Text(ref reader) switch
            {
                "NaN" => double.NaN,
                "Infinity" => double.PositiveInfinity,
                "-Infinity" => double.NegativeInfinity,
                _ => throw new WireFormatException("STRING_VALUE cannot be converted to Double"),
            };
        }
        else if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out value))
        {
            throw Unexpected(ref reader, "Double");
        }

        Suspend(ref reader);
        return value;
    }

    public override DateTimeOffset ReadTimestamp()
    {
        var reader = Resume();
        Next(ref reader);
        DateTimeOffset time;
        switch (reader.TokenType)
        {
            case JsonTokenType.Number when reader.TryGetDouble(out var seconds):
                time = Timestamps.FromEpochSeconds(seconds);
                break;
            case JsonTokenType.String:
                time = Timestamps.Parse(Text(ref reader));
                break;
            default:
                throw Unexpected(ref reader, "Timestamp");
        }

        Suspend(ref reader);
        return time;
    }

    public override byte[] ReadBlob()
    {
        var reader = Resume();
        Next(ref reader);
        if (reader.TokenType != JsonTokenType.String)
        {
            throw Unexpected(ref reader, "Blob");
        }

        byte[]? bytes;
        try
        {
            if (!reader.TryGetBytesFromBase64(out bytes))
            {
                throw new WireFormatException("Invalid Base64 data.");
            }
        }
        catch (InvalidOperationException exception)
        {
            throw new WireFormatException("The string is not valid UTF-8.", exception);
        }

        Suspend(ref reader);
        return bytes;
    }

    public override bool TryReadRawJson(out ReadOnlyMemory<byte> json)
    {
        var reader = Resume();
        Next(ref reader);
        var start = _position + (int)reader.TokenStartIndex;
        Skip(ref reader);
        Suspend(ref reader);
        json = _json[start.._position];
        return true;
    }

    private long ReadLong(string type)
    {
        var reader = Resume();
        Next(ref reader);
        if (reader.TokenType != JsonTokenType.Number)
        {
            throw Unexpected(ref reader, type);
        }

        if (!reader.TryGetInt64(out var value))
        {
            // 1.0 and 1e3 are whole numbers too.
            if (!reader.TryGetDecimal(out var number) || number != decimal.Truncate(number) || number is < long.MinValue or > long.MaxValue)
            {
                throw new WireFormatException("DECIMAL_VALUE cannot be converted to " + type);
            }

            value = (long)number;
        }

        Suspend(ref reader);
        return value;
    }

    private Utf8JsonReader Resume() => new(_json.Span[_position..], isFinalBlock: true, _state);

    private void Suspend(ref Utf8JsonReader reader)
    {
        _position += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }

    private void Push(Schema schema)
    {
        if (_depth == _frames.Length)
        {
            Array.Resize(ref _frames, _depth * 2);
        }

        _frames[_depth++] = new Frame { Schema = schema };
    }

    private static void Next(ref Utf8JsonReader reader)
    {
        try
        {
            if (!reader.Read())
            {
                throw new WireFormatException("Unexpected end of JSON.");
            }
        }
        catch (JsonException exception)
        {
            throw Malformed(exception);
        }
    }

    private static void Skip(ref Utf8JsonReader reader)
    {
        try
        {
            reader.Skip();
        }
        catch (JsonException exception)
        {
            throw Malformed(exception);
        }
    }

    private static int NameIndex(ref Utf8JsonReader reader, Schema schema, int hint)
    {
        if (!reader.ValueIsEscaped)
        {
            return schema.IndexOf(reader.ValueSpan, hint);
        }

        Span<byte> name = stackalloc byte[256];
        if (reader.ValueSpan.Length > name.Length)
        {
            return -1;
        }

        try
        {
            return schema.IndexOf(name[..reader.CopyString(name)], hint);
        }
        catch (InvalidOperationException exception)
        {
            throw new WireFormatException("A name is not valid UTF-8.", exception);
        }
    }

    // The reader stands on a name, behind the colon: one look at the next byte tells a null.
    private bool IsNull(ref Utf8JsonReader reader)
    {
        var rest = _json.Span[(_position + (int)reader.BytesConsumed)..].TrimStart(" \t\r\n"u8);
        return rest.Length > 0 && rest[0] == (byte)'n';
    }

    private void End()
    {
        var reader = Resume();
        try
        {
            if (!reader.Read())
            {
                return;
            }
        }
        catch (JsonException exception)
        {
            throw Malformed(exception);
        }

        throw new WireFormatException("Unexpected data after the JSON value.");
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new WireFormatException("The string is not valid UTF-8.", exception);
        }
    }

    private static WireFormatException Malformed(JsonException exception) => new(
        string.Create(CultureInfo.InvariantCulture, $"Malformed JSON at byte {exception.BytePositionInLine} of line {exception.LineNumber + 1}."), exception);

    // The words of AWS's own parser.
    private static WireFormatException Unexpected(ref Utf8JsonReader reader, string type) => new(reader.TokenType switch
    {
        JsonTokenType.StartArray => "Start of list found where not expected",
        JsonTokenType.StartObject => "Start of structure or map found where not expected.",
        _ when type is "structure" or "list" or "map" => "Unexpected field type",
        JsonTokenType.String => "STRING_VALUE cannot be converted to " + type,
        JsonTokenType.Number => "NUMBER_VALUE cannot be converted to " + type,
        JsonTokenType.True => "TRUE_VALUE cannot be converted to " + type,
        JsonTokenType.False => "FALSE_VALUE cannot be converted to " + type,
        _ => "Unexpected token",
    });

    private struct Frame
    {
        public Schema? Schema;
        public int Hint;
    }
}
