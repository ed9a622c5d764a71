using System.Formats.Cbor;
using Haneul.Kernel.Shapes;

namespace Haneul.Wire.Cbor;

/// <summary>Writes shapes as CBOR, with maps and lists of indefinite length as AWS does.</summary>
public sealed class CborShapeWriter : ShapeWriter
{
    private readonly CborWriter _cbor = new(CborConformanceMode.Lax);
    private int _structures;
    private int _inlineAt = -1;

    /// <summary>The writer below, for what surrounds a shape.</summary>
    public CborWriter Cbor => _cbor;

    /// <summary>Writes the members of <paramref name="shape"/> into the map that is open.</summary>
    public void Inline(IShape shape)
    {
        _inlineAt = _structures;
        shape.Write(this);
    }

    public override void BeginStructure(Schema schema)
    {
        if (_structures != _inlineAt)
        {
            _cbor.WriteStartMap(null);
        }

        _structures++;
    }

    public override void EndStructure()
    {
        _structures--;
        if (_structures != _inlineAt)
        {
            _cbor.WriteEndMap();
        }
        else
        {
            _inlineAt = -1;
        }
    }

    public override void Member(MemberSchema member) => _cbor.WriteTextString(member.WireName);

    public override void BeginList(int count) => _cbor.WriteStartArray(count);

    public override void EndList() => _cbor.WriteEndArray();

    public override void BeginMap(int count) => _cbor.WriteStartMap(count);

    public override void Key(string key) => _cbor.WriteTextString(key);

    public override void EndMap() => _cbor.WriteEndMap();

    public override void WriteString(string value) => _cbor.WriteTextString(value);

    public override void WriteBoolean(bool value) => _cbor.WriteBoolean(value);

    public override void WriteInteger(int value) => _cbor.WriteInt32(value);

    public override void WriteLong(long value) => _cbor.WriteInt64(value);

    public override void WriteDouble(double value) => _cbor.WriteDouble(value);

    public override void WriteFloat(float value) => _cbor.WriteSingle(value);

    public override void WriteTimestamp(DateTimeOffset value)
    {
        _cbor.WriteTag(CborTag.UnixTimeSeconds);
        _cbor.WriteDouble(value.ToUnixTimeMilliseconds() / 1000d);
    }

    public override void WriteBlob(ReadOnlyMemory<byte> value) => _cbor.WriteByteString(value.Span);
}
