using System.Buffers;
using System.Globalization;
using System.Text;
using Haneul.Kernel.Shapes;
using Haneul.Wire.EventStream;
using Haneul.Wire.Text;

namespace Haneul.Wire.Rest;

/// <summary>Writes the output of a REST protocol: members into status, headers and body.</summary>
public sealed class RestShapeWriter : ShapeWriter
{
    private readonly WireResponse _response;
    private readonly Func<MemberSchema?, ShapeWriter> _makeBody;
    private ShapeWriter? _body;
    private Schema? _top;
    private MemberSchema? _member;
    private string? _key;
    private List<string>? _headerValues;
    private int _depth;

    /// <param name="response">Gets status and headers.</param>
    /// <param name="makeBody">Makes the body's writer; its argument is the payload member, if that is what the body holds.</param>
    public RestShapeWriter(WireResponse response, Func<MemberSchema?, ShapeWriter> makeBody)
    {
        _response = response;
        _makeBody = makeBody;
    }

    public override void BeginStructure(Schema schema)
    {
        _depth++;
        if (_top is null)
        {
            _top = schema;
            if (schema.Payload is null && Array.Exists(schema.Members, member => member.Location == MemberLocation.Body))
            {
                _body = _makeBody(null);
                _body.BeginStructure(schema);
            }

            return;
        }

        Body().BeginStructure(schema);
    }

    public override void EndStructure()
    {
        _depth--;
        if (_depth > 0 || _top!.Payload is null)
        {
            _body?.EndStructure();
        }
    }

    public override void Member(MemberSchema member)
    {
        if (_depth == 1)
        {
            _member = member;
            if (member.Location is not (MemberLocation.Body or MemberLocation.Uri or MemberLocation.QueryString))
            {
                return;
            }
        }

        Body().Member(member);
    }

    public override void BeginList(int count)
    {
        if (IsHttp)
        {
            _headerValues = [];
        }
        else
        {
            Body().BeginList(count);
        }
    }

    public override void EndList()
    {
        if (_headerValues is { } values)
        {
            _headerValues = null;
            if (values.Count > 0)
            {
                _response.SetHeader(_member!.WireName, string.Join(", ", values));
            }
        }
        else
        {
            Body().EndList();
        }
    }

    public override void BeginMap(int count)
    {
        if (!IsHttp)
        {
            Body().BeginMap(count);
        }
    }

    public override void Key(string key)
    {
        _key = key;
        if (!IsHttp)
        {
            Body().Key(key);
        }
    }

    public override void EndMap()
    {
        if (!IsHttp)
        {
            Body().EndMap();
        }
    }

    public override void WriteString(string value)
    {
        if (_depth == 1 && _member!.Location == MemberLocation.Payload && _member.Target.Kind == ShapeKind.String)
        {
            _response.ContentType ??= "text/plain";
            Encoding.UTF8.GetBytes(value, _response.Body);
        }
        else if (!Http(value))
        {
            Body().WriteString(value);
        }
    }

    public override void WriteBoolean(bool value)
    {
        if (!Http(value ? "true" : "false"))
        {
            Body().WriteBoolean(value);
        }
    }

    public override void WriteInteger(int value)
    {
        if (_depth == 1 && _member!.Location == MemberLocation.StatusCode)
        {
            _response.Status = value;
        }
        else if (!Http(value.ToString(CultureInfo.InvariantCulture)))
        {
            Body().WriteInteger(value);
        }
    }

    public override void WriteLong(long value)
    {
        if (!Http(value.ToString(CultureInfo.InvariantCulture)))
        {
            Body().WriteLong(value);
        }
    }

    public override void WriteDouble(double value)
    {
        if (!Http(Scalars.Text(value)))
        {
            Body().WriteDouble(value);
        }
    }

    public override void WriteFloat(float value)
    {
        if (!Http(Scalars.Text(value)))
        {
            Body().WriteFloat(value);
        }
    }

    public override void WriteTimestamp(DateTimeOffset value)
    {
        var format = _member!.ValueTimestampFormat is var own && own == TimestampFormat.Default ? TimestampFormat.HttpDate : own;
        if (!IsHttp || !Http(Timestamps.Format(value, format), quote: false))
        {
            Body().WriteTimestamp(value);
        }
    }

    public override void WriteBlob(ReadOnlyMemory<byte> value)
    {
        if (_depth == 1 && _member!.Location == MemberLocation.Payload)
        {
            _response.ContentType ??= "application/octet-stream";
            _response.Body.Write(value.Span);
        }
        else if (!IsHttp || !Http(Convert.ToBase64String(value.Span)))
        {
            Body().WriteBlob(value);
        }
    }

    public override void WriteStream(Stream value)
    {
        _response.ContentType ??= "application/octet-stream";
        _response.BodyStream = value;
    }

    public override void WriteEvents(IAsyncEnumerable<IShape> events)
    {
        _response.ContentType = EventStreamBody.ContentType;
        _response.BodyPump = (output, cancel) => EventStreamBody.WriteAsync(events, output, cancel);
    }

    public override bool TryWriteRawJson(ReadOnlySpan<byte> json) => !IsHttp && Body().TryWriteRawJson(json);

    private bool IsHttp => _depth == 1 && _member is { Location: MemberLocation.Header or MemberLocation.Headers or MemberLocation.StatusCode };

    private ShapeWriter Body() => _body ??= _makeBody(_member);

    // In a list, dates keep their comma as it is: each has one.
    private bool Http(string text, bool quote = true)
    {
        if (!IsHttp)
        {
            return false;
        }

        if (_headerValues is not null)
        {
            _headerValues.Add(quote ? HeaderList.Quote(text) : text);
        }
        else
        {
            _response.SetHeader(_member!.Location == MemberLocation.Headers ? _member.WireName + _key : _member.WireName, text);
        }

        return true;
    }
}
