using System.Formats.Cbor;
using Haneul.Kernel.Shapes;
using Haneul.Wire.Text;

namespace Haneul.Wire.Cbor;

/// <summary>Reads shapes from CBOR. <see href="https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html"/></summary>
public sealed class CborShapeReader(ReadOnlyMemory<byte> body) : ShapeReader
{
    private readonly CborReader _cbor = new(body.IsEmpty ? new byte[] { 0xA0 } : body, CborConformanceMode.Lax);
    private readonly Stack<Schema> _schemas = new();
    private readonly Stack<int> _hints = new();

    public override void BeginStructure(Schema schema)
    {
        Enter(static cbor => cbor.ReadStartMap());
        _schemas.Push(schema);
        _hints.Push(0);
    }

    public override int NextMember()
    {
        while (Peek() != CborReaderState.EndMap)
        {
            var name = Read(static cbor => cbor.ReadTextString());
            var index = _schemas.Peek().IndexOf(System.Text.Encoding.UTF8.GetBytes(name), _hints.Peek());
            if (index < 0 || Peek() == CborReaderState.Null)
            {
                Skip();
                continue;
            }

            _hints.Pop();
            _hints.Push(index + 1);
            return index;
        }

        Read(static cbor => { cbor.ReadEndMap(); return 0; });
        _schemas.Pop();
        _hints.Pop();
        if (_schemas.Count == 0 && _cbor.BytesRemaining > 0)
        {
            throw new WireFormatException("Unexpected data after the CBOR value.");
        }

        return -1;
    }

    public override void BeginList() => Enter(static cbor => cbor.ReadStartArray());

    public override bool NextElement()
    {
        while (Peek() == CborReaderState.Null)
        {
            Skip();
        }

        if (Peek() != CborReaderState.EndArray)
        {
            return true;
        }

        Read(static cbor => { cbor.ReadEndArray(); return 0; });
        return false;
    }

    public override void BeginMap() => Enter(static cbor => cbor.ReadStartMap());

    public override bool NextEntry(out string key)
    {
        while (Peek() != CborReaderState.EndMap)
        {
            key = Read(static cbor => cbor.ReadTextString());
            if (Peek() != CborReaderState.Null)
            {
                return true;
            }

            Skip();
        }

        Read(static cbor => { cbor.ReadEndMap(); return 0; });
        key = "";
        return false;
    }

    public override string ReadString() => Read(static cbor => cbor.ReadTextString());

    public override bool ReadBoolean() => Read(static cbor => cbor.ReadBoolean());

    public override int ReadInteger() => Read(static cbor => cbor.ReadInt32());

    public override long ReadLong() => Read(static cbor => cbor.ReadInt64());

    public override double ReadDouble() => Read(static cbor => cbor.PeekState() switch
    {
        CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger => cbor.ReadInt64(),
        _ => cbor.ReadDouble(),
    });

    public override DateTimeOffset ReadTimestamp()
    {
        if (Peek() == CborReaderState.Tag)
        {
            var tag = Read(static cbor => cbor.ReadTag());
            if (tag != CborTag.UnixTimeSeconds)
            {
                throw new WireFormatException("Timestamps have tag 1.");
            }
        }

        return Timestamps.FromEpochSeconds(ReadDouble());
    }

    public override byte[] ReadBlob() => Read(static cbor => cbor.ReadByteString());

    // The framework's reader counts the depth as well, but has no bound.
    private void Enter(Func<CborReader, int?> begin)
    {
        Depth.Check(_cbor.CurrentDepth);
        Read(begin);
    }

    private CborReaderState Peek() => Read(static cbor => cbor.PeekState());

    private void Skip() => Read(static cbor => { cbor.SkipValue(); return 0; });

    private T Read<T>(Func<CborReader, T> read)
    {
        try
        {
            return read(_cbor);
        }
        catch (Exception exception) when (exception is CborContentException or InvalidOperationException or OverflowException)
        {
            throw new WireFormatException("Malformed CBOR, or a value of another type than the model says.", exception);
        }
    }
}
