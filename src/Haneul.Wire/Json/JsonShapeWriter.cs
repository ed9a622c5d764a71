using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Haneul.Kernel.Shapes;
using Haneul.Wire.Text;

namespace Haneul.Wire.Json;

/// <summary>Writes shapes as JSON.</summary>
public sealed class JsonShapeWriter : ShapeWriter, IDisposable
{
    private static readonly JsonWriterOptions s_options = new()
    {
        // Answers are JSON documents of their own, never text inside HTML; AWS does not escape beyond what JSON asks for.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly Utf8JsonWriter _json;
    private MemberSchema? _member;
    private int _structures;
    private int _inlineAt = -1;

    public JsonShapeWriter(IBufferWriter<byte> output) => _json = new Utf8JsonWriter(output, s_options);

    /// <summary>The writer below, for what surrounds a shape.</summary>
    public Utf8JsonWriter Json => _json;

    /// <summary>Writes the members of <paramref name="shape"/> into the object that is open.</summary>
    public void Inline(IShape shape)
    {
        _inlineAt = _structures;
        shape.Write(this);
    }

    public void Flush() => _json.Flush();

    public void Dispose() => _json.Dispose();

    public override void BeginStructure(Schema schema)
    {
        if (_structures != _inlineAt)
        {
            _json.WriteStartObject();
        }

        _structures++;
    }

    public override void EndStructure()
    {
        _structures--;
        if (_structures != _inlineAt)
        {
            _json.WriteEndObject();
        }
        else
        {
            _inlineAt = -1;
        }
    }

    public override void Member(MemberSchema member)
    {
        _member = member;
        _json.WritePropertyName(member.WireNameJson);
    }

    public override void BeginList(int count) => _json.WriteStartArray();

    public override void EndList() => _json.WriteEndArray();

    public override void BeginMap(int count) => _json.WriteStartObject();

    public override void Key(string key) => _json.WritePropertyName(key);

    public override void EndMap() => _json.WriteEndObject();

    public override void WriteString(string value) => _json.WriteStringValue(value);

    public override void WriteBoolean(bool value) => _json.WriteBooleanValue(value);

    public override void WriteInteger(int value) => _json.WriteNumberValue(value);

    public override void WriteLong(long value) => _json.WriteNumberValue(value);

    public override void WriteDouble(double value)
    {
        if (double.IsFinite(value))
        {
            _json.WriteNumberValue(value);
        }
        else
        {
            _json.WriteStringValue(Scalars.Text(value));
        }
    }

    public override void WriteFloat(float value)
    {
        if (float.IsFinite(value))
        {
            _json.WriteNumberValue(value);
        }
        else
        {
            _json.WriteStringValue(Scalars.Text(value));
        }
    }

    public override void WriteTimestamp(DateTimeOffset value)
    {
        switch (_member?.ValueTimestampFormat ?? TimestampFormat.Default)
        {
            case TimestampFormat.Default or TimestampFormat.EpochSeconds:
                _json.WriteNumberValue(Timestamps.EpochSeconds(value));
                break;
            case var format:
                _json.WriteStringValue(Timestamps.Format(value, format));
                break;
        }
    }

    public override void WriteBlob(ReadOnlyMemory<byte> value) => _json.WriteBase64StringValue(value.Span);

    public override bool TryWriteRawJson(ReadOnlySpan<byte> json)
    {
        _json.WriteRawValue(json, skipInputValidation: true);
        return true;
    }
}
