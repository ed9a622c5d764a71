using System.Buffers;
using System.Text;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Shapes;
using Haneul.Wire.Json;

namespace Haneul.Wire.EventStream;

/// <summary>Sends a stream of events as frames; each event is a union with one member set, whose name is the event's type.</summary>
public static class EventStreamBody
{
    public const string ContentType = "application/vnd.amazon.eventstream";

    /// <summary>Writes the events as they come. An error in the middle becomes an exception frame, the stream's last.</summary>
    public static async Task WriteAsync(IAsyncEnumerable<IShape> events, Stream output, CancellationToken cancel)
    {
        try
        {
            await foreach (var item in events.WithCancellation(cancel))
            {
                await output.WriteAsync(Encode(item).Encode(), cancel);
                await output.FlushAsync(cancel);
            }
        }
        catch (ServiceException exception)
        {
            await output.WriteAsync(Encode(exception.Error).Encode(), cancel);
        }
    }

    public static EventStreamMessage Encode(IShape item)
    {
        using var splitter = new EventSplitter();
        item.Write(splitter);
        return splitter.Message ?? throw new InvalidOperationException($"An event of {item.Schema} has no member set.");
    }

    private static EventStreamMessage Encode(ServiceError error)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new JsonShapeWriter(body))
        {
            writer.Json.WriteStartObject();
            writer.Json.WriteString(error.Shape.MessageMember, error.Message);
            writer.Json.WriteEndObject();
        }

        return new EventStreamMessage(
            [new(":message-type", "exception"), new(":exception-type", error.Shape.Name), new(":content-type", "application/json")],
            body.WrittenMemory);
    }

    /// <summary>Takes the union apart: the outer member gives the type; the inner structure's members become headers, payload or a JSON body.</summary>
    private sealed class EventSplitter : ShapeWriter, IDisposable
    {
        private readonly List<KeyValuePair<string, object>> _headers = [new(":message-type", "event")];
        private readonly ArrayBufferWriter<byte> _body = new();
        private JsonShapeWriter? _json;
        private MemberSchema? _member;
        private ReadOnlyMemory<byte>? _payload;
        private int _depth;

        public EventStreamMessage? Message { get; private set; }

        public void Dispose() => _json?.Dispose();

        public override void BeginStructure(Schema schema)
        {
            _depth++;
            if (_depth > 2)
            {
                Body().BeginStructure(schema);
            }
        }

        public override void EndStructure()
        {
            if (_depth > 2)
            {
                Body().EndStructure();
            }
            else if (_depth == 2)
            {
                Finish();
            }

            _depth--;
        }

        public override void Member(MemberSchema member)
        {
            _member = member;
            if (_depth == 1)
            {
                _headers.Add(new(":event-type", member.WireName));
            }
            else if (_depth > 2 || !(member.EventHeader || member.EventPayload))
            {
                Body().Member(member);
            }
        }

        public override void BeginList(int count) => Body().BeginList(count);

        public override void EndList() => Body().EndList();

        public override void BeginMap(int count) => Body().BeginMap(count);

        public override void Key(string key) => Body().Key(key);

        public override void EndMap() => Body().EndMap();

        public override void WriteString(string value)
        {
            if (_depth == 2 && _member!.EventPayload)
            {
                _payload = Encoding.UTF8.GetBytes(value);
                _headers.Add(new(":content-type", "text/plain"));
            }
            else if (!Header(value))
            {
                Body().WriteString(value);
            }
        }

        public override void WriteBoolean(bool value)
        {
            if (!Header(value))
            {
                Body().WriteBoolean(value);
            }
        }

        public override void WriteInteger(int value)
        {
            if (!Header(value))
            {
                Body().WriteInteger(value);
            }
        }

        public override void WriteLong(long value)
        {
            if (!Header(value))
            {
                Body().WriteLong(value);
            }
        }

        public override void WriteDouble(double value) => Body().WriteDouble(value);

        public override void WriteFloat(float value) => Body().WriteFloat(value);

        public override void WriteTimestamp(DateTimeOffset value)
        {
            if (!Header(value))
            {
                Body().WriteTimestamp(value);
            }
        }

        public override void WriteBlob(ReadOnlyMemory<byte> value)
        {
            if (_depth == 2 && _member!.EventPayload)
            {
                _payload = value;
                _headers.Add(new(":content-type", "application/octet-stream"));
            }
            else if (!Header(value.ToArray()))
            {
                Body().WriteBlob(value);
            }
        }

        private bool Header(object value)
        {
            if (_depth != 2 || !_member!.EventHeader)
            {
                return false;
            }

            _headers.Add(new(_member.WireName, value));
            return true;
        }

        private JsonShapeWriter Body()
        {
            if (_json is null)
            {
                _json = new JsonShapeWriter(_body);
                _json.Json.WriteStartObject();
                _headers.Add(new(":content-type", "application/json"));
            }

            return _json;
        }

        private void Finish()
        {
            if (_payload is null)
            {
                Body().Json.WriteEndObject();
                _json!.Flush();
            }

            Message = new EventStreamMessage(_headers, _payload ?? _body.WrittenMemory);
        }
    }
}
